using System.Net;
using System.Text;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Actors.Docker.Sandboxes;

/// <summary>
/// <c>/etc/hosts</c> and <c>/etc/resolv.conf</c> of instances with ports. The Engine makes these only for containers whose
/// network it manages, and it does not manage a sandbox's.
/// </summary>
/// <param name="directory">Where the directories of the instances lie.</param>
/// <param name="hostResolvConf">The machine's own file, for instances that no name server is known for.</param>
internal sealed class ResolutionFiles(string directory, string hostResolvConf = "/etc/resolv.conf") : InstanceFiles(directory)
{
    private const UnixFileMode ForAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const string OfEveryHost =
        """
        127.0.0.1	localhost
        ::1	localhost ip6-localhost ip6-loopback
        fe00::0	ip6-localnet
        ff00::0	ip6-mcastprefix
        ff02::1	ip6-allnodes
        ff02::2	ip6-allrouters

        """;

    /// <summary>Writes both files of a step's instance.</summary>
    /// <returns>The binds that bring them into its container.</returns>
    /// <exception cref="IOException">They cannot be written.</exception>
    public IEnumerable<string> Write(HostProtocol.RunStep step) =>
    [
        $"{Write(step.InstanceId, "hosts", HostsOf(step), ForAll)}:/etc/hosts:rw",
        $"{Write(step.InstanceId, "resolv.conf", ResolvConfOf(step), ForAll)}:/etc/resolv.conf:rw",
    ];

    private static string HostsOf(HostProtocol.RunStep step)
    {
        var options = step.Spec.Options;
        var name = options.Text(OptionKeys.Hostname) ?? HostName.Of(step.Spec.Name, step.InstanceId);
        var names = options.Text(OptionKeys.Domainname) is { Length: > 0 } domain ? $"{name}.{domain} {name}" : name;
        var text = new StringBuilder(OfEveryHost);
        foreach (var word in options.Words(OptionKeys.ExtraHosts))
        {
            var at = word.IndexOf(':', StringComparison.Ordinal);
            text.Append(word.AsSpan(at + 1)).Append('\t').Append(word.AsSpan(0, at)).Append('\n');
        }

        foreach (var address in step.Ports.SelectMany(port => port.Vif.Addresses))
            text.Append(address).Append('\t').Append(names).Append('\n');
        return text.ToString();
    }

    private string ResolvConfOf(HostProtocol.RunStep step)
    {
        var options = step.Spec.Options;
        var servers = options.Words(OptionKeys.Dns) is { IsEmpty: false } given
            ? given
            : step.Ports.SelectMany(port => port.Vif.Network.Subnets).SelectMany(subnet => subnet.Dns)
                .Select(address => address.ToString()).Distinct();
        var lines = servers.Select(server => $"nameserver {server}").ToList();
        var search = options.Words(OptionKeys.DnsSearch);
        if (lines.Count == 0)
            lines = [.. File.Exists(hostResolvConf) ? File.ReadLines(hostResolvConf).Where(IsOfUse) : []];
        if (!search.IsEmpty)
            lines = [.. lines.Where(line => !line.StartsWith("search", StringComparison.Ordinal)), $"search {string.Join(' ', search)}"];
        return string.Concat(lines.Select(line => $"{line}\n"));
    }

    /// <summary>A server on the machine's own loopback is out of an instance's reach.</summary>
    private static bool IsOfUse(string line) =>
        line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not ["nameserver", var server, ..]
        || !IPAddress.TryParse(server, out var address) || !IPAddress.IsLoopback(address);
}
