using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Devices;
using NovaDocker.Domain.Common;

namespace NovaDocker.Adapters.Vifs.Commands;

/// <summary>The tools that devices are made with, each with what it is called on this host.</summary>
/// <param name="settings">Their names.</param>
/// <param name="runner">What runs them.</param>
internal sealed class NetworkTools(NetworkSettings settings, ICommandRunner runner)
{
    /// <summary>How often devices that change meanwhile are listed; one listing in thirty was interrupted on a busy host.</summary>
    private const int MaxLooks = 10;

    /// <summary>iproute2.</summary>
    public Tool Ip { get; } = Named(settings.Ip, "iproute2", "ip");

    /// <summary>What enters a namespace.</summary>
    public Tool Nsenter { get; } = Named(settings.Nsenter, "util-linux", "nsenter");

    /// <summary>What takes offloads off.</summary>
    public Tool Ethtool { get; } = Named(settings.Ethtool, "ethtool", "ethtool");

    /// <summary>Open vSwitch's.</summary>
    public Tool OvsVsctl { get; } = Named(settings.OvsVsctl, "openvswitch-switch", "ovs-vsctl");

    /// <summary>The packet filter of IPv4.</summary>
    public Tool Iptables { get; } = Named(settings.Iptables, "iptables", "iptables");

    /// <summary>The packet filter of IPv6: beside that of IPv4.</summary>
    public Tool Ip6Tables { get; } = Named(
        Path.Combine(Path.GetDirectoryName(settings.Iptables) ?? "", "ip6tables"), "iptables", "iptables");

    /// <summary>Runs a tool to its end, whatever that is.</summary>
    public Task<CommandResult> RunAsync(string step, Tool tool, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        runner.RunAsync(new Command(step, tool, [.. arguments]), cancellationToken);

    /// <summary>
    /// All devices of the host. The kernel lists them piece by piece; where they change meanwhile, older kernels leave out some
    /// that are there. <c>ip</c> says so, ends well all the same, and is asked again.
    /// </summary>
    /// <exception cref="VifException">They changed each time: a failure that may pass.</exception>
    public async Task<HostLinks> LinksAsync(string step, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            var result = await RunAsync(step, Ip, ["-json", "-details", "link", "show"], cancellationToken).ConfigureAwait(false);
            if (!result.OrThrow().Errors.Contains("Dump was interrupted", StringComparison.Ordinal))
                return HostLinks.Parse(step, result.Output);
            if (look == MaxLooks)
                throw new VifException(FaultCode.Transient, step, $"the devices of this host changed each of {MaxLooks} times that they were listed");
        }
    }

    /// <summary>Runs lines of <c>ip</c> on the host, in one process; the first that fails ends it.</summary>
    public async Task HostAsync(string step, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        if (lines.Count > 0)
            (await BatchAsync(step, Ip, [], [], lines, cancellationToken).ConfigureAwait(false)).OrThrow();
    }

    /// <summary>Runs lines of <c>ip</c> in a namespace, in one process; the first that fails ends it.</summary>
    public async Task InsideAsync(string step, string path, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        if (lines.Count > 0)
            (await BatchAsync(step, Nsenter, InNamespace(path), [], lines, cancellationToken).ConfigureAwait(false)).OrThrow();
    }

    /// <summary>The interface of a namespace, with its addresses and routes.</summary>
    public async Task<InnerState> LookInsideAsync(string step, string path, string name, CancellationToken cancellationToken)
    {
        var result = await BatchAsync(
            step, Nsenter, InNamespace(path), ["-json", "-details"], ["address show", "route show table all"], cancellationToken)
            .ConfigureAwait(false);
        return InnerState.Parse(step, result.OrThrow().Output, name);
    }

    /// <summary>Has checksums computed where they are not: a switch in user space passes on what is in the packet.</summary>
    public async Task ComputeChecksumsAsync(string step, string device, CancellationToken cancellationToken) =>
        (await RunAsync(step, Ethtool, Offloads(device), cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <summary>The same for an interface in a namespace.</summary>
    public async Task ComputeChecksumsInsideAsync(string step, string path, string device, CancellationToken cancellationToken)
    {
        if (Ethtool.Problem is { } problem)
            throw new VifException(FaultCode.Invalid, step, problem);
        (await RunAsync(step, Nsenter, [.. InNamespace(path), Ethtool.Program, .. Offloads(device)], cancellationToken)
            .ConfigureAwait(false)).OrThrow();
    }

    private static Tool Named(string program, string package, string key) =>
        new(program, $"install {package}, or set novadocker.networks.tools.{key}");

    private static string[] Offloads(string device) => ["--offload", device, "tx", "off"];

    private static string[] InNamespace(string path) => [$"--net={path}", "--"];

    private Task<CommandResult> BatchAsync(
        string step, Tool tool, string[] before, string[] options, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        string[] program = tool == Nsenter ? [.. before, Ip.Find() ?? Ip.Program] : [];
        return runner.RunAsync(
            new Command(step, tool, [.. program, .. options, "-batch", "-"]) { Input = string.Join('\n', lines) + "\n" },
            cancellationToken);
    }
}
