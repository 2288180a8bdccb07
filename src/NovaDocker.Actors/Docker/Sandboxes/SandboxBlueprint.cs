using System.Collections.Immutable;
using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Actors.Docker.Sandboxes;

/// <summary>
/// Says of what a sandbox is made, and what that leaves to the instance's own container: the host name belongs to the one that
/// owns the namespace, and the Engine refuses it, and whatever concerns the network, of the one that joins it.
/// </summary>
internal static class SandboxBlueprint
{
    private const string NetworkSysctls = "net.";

    /// <summary>What of an instance's options is for its sandbox, or means nothing beside one.</summary>
    private static readonly string[] OwnedBySandbox =
    [
        OptionKeys.Hostname.Name, OptionKeys.Domainname.Name, OptionKeys.Dns.Name, OptionKeys.DnsSearch.Name,
        OptionKeys.ExtraHosts.Name, OptionKeys.NetworkMode.Name, OptionKeys.ExposedPorts.Name,
    ];

    /// <summary>The name of an instance's sandbox. A help for people; identity is by label.</summary>
    public static string NameOf(InstanceId id) => $"{ContainerDrift.NameOf(id)}-sandbox";

    /// <summary>The sandbox of a step's instance.</summary>
    public static ContainerSpec For(HostProtocol.RunStep step, HostIdentity host)
    {
        var wanted = step.Spec.Options;
        var hostname = wanted.Text(OptionKeys.Hostname) ?? HostName.Of(step.Spec.Name, step.InstanceId);
        var options = ContainerOptions.None
            .With(OptionKeys.ReadOnly, new OptionValue.Switch(true))
            .With(OptionKeys.CapDrop, new OptionValue.Words(["ALL"]))
            .With(OptionKeys.SecurityOptions, new OptionValue.Words(["no-new-privileges"]))
            .With(OptionKeys.LogDriver, new OptionValue.Text("none"))
            .With(OptionKeys.StopSignal, new OptionValue.Text("SIGKILL"))
            .With(OptionKeys.Sysctls, new OptionValue.Pairs(SysctlsOf(step)));
        if (wanted.TryGet(OptionKeys.Domainname, out var domain))
            options = options.With(OptionKeys.Domainname, domain);
        return new ContainerSpec
        {
            Name = NameOf(step.InstanceId),
            Image = SandboxImage.Name,
            Hostname = hostname,
            Labels = Labels.OfSandbox(host, step.InstanceId),
            MemoryBytes = 0,
            CpuShares = 0,
            NanoCpus = 0,
            NetworkMode = "none",
            IsNetworkDisabled = true,
            Options = options,
        };
    }

    /// <summary>The options that are left to the container which joins the sandbox.</summary>
    public static ContainerOptions RestOf(ContainerOptions options)
    {
        var rest = new ContainerOptions(new EquatableMap<OptionValue>(
            options.Values.Where(option => !OwnedBySandbox.Contains(option.Key, StringComparer.Ordinal))));
        return rest.TryGet(OptionKeys.Sysctls, out var sysctls)
            ? rest.With(OptionKeys.Sysctls, new OptionValue.Pairs(new EquatableMap<string>(
                sysctls.Values.Where(pair => !pair.Key.StartsWith(NetworkSysctls, StringComparison.Ordinal)))))
            : rest;
    }

    /// <summary>
    /// Where a port has an IPv6 address there is no test for duplicates, which would keep an address from being used for a second,
    /// and no say of routers over what is planned. A kernel without IPv6 knows none of this.
    /// </summary>
    private static EquatableMap<string> SysctlsOf(HostProtocol.RunStep step)
    {
        var sysctls = step.Spec.Options.Pairs(OptionKeys.Sysctls)
            .Where(pair => pair.Key.StartsWith(NetworkSysctls, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        if (step.Ports.Any(port => port.Vif.Network.Subnets.Any(subnet => subnet.IsV6)))
        {
            sysctls.TryAdd("net.ipv6.conf.default.accept_dad", "0");
            sysctls.TryAdd("net.ipv6.conf.default.accept_ra", "0");
        }

        return new EquatableMap<string>(sysctls);
    }
}
