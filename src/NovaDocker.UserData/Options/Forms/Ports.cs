using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Ports that are exposed and ports that are published. docker-py's <c>ports</c> may be both.</summary>
internal static class Ports
{
    private const int Last = 65535;
    private const string Taken = "takes the host's port";
    private static readonly string[][] BindingFields = [["HostPort"], ["HostIp"]];

    /// <summary>Exposed ports: a list of ports or of <c>[port, protocol]</c>, or a mapping with nothing in it.</summary>
    public static Found<OptionValue.Words>? Exposed(Spot spot)
    {
        var exposed = new WordGatherer(spot.Findings);
        if (spot.Node is not UserDataNode.Mapping)
            AddList(exposed, spot);
        foreach (var (key, value) in spot.Entries())
        {
            if (!value.IsUnset)
                value.Expect("an empty mapping is expected; PortBindings is where ports are published");
            else if (value.At(key.Mark).Judge(key.Text, Port) is { } port)
                exposed.Add(port, key.Mark, value.Path);
        }

        return exposed.ToFound();
    }

    /// <summary>Published ports in the Engine's way: where a port has no binding it is not published.</summary>
    public static Found<OptionValue.Words>? Bindings(Spot spot) => ReadBindings(spot, nullPublishes: false);

    /// <summary>Published ports in docker-py's way: null is a port that the Engine chooses.</summary>
    public static Found<OptionValue.Words>? BindingsOfPy(Spot spot) => ReadBindings(spot, nullPublishes: true);

    /// <summary>
    /// docker-py's <c>ports</c>: a list is of exposed ports; a mapping publishes, except for ports with an empty mapping, which
    /// are exposed.
    /// </summary>
    public static IReadOnlyList<Setting> ExposedAndPublished(Spot spot)
    {
        if (spot.Node is not UserDataNode.Mapping)
            return Setting.Of(OptionKeys.ExposedPorts, Exposed(spot));
        var (exposed, published) = (new WordGatherer(spot.Findings), new WordGatherer(spot.Findings));
        foreach (var (key, value) in spot.Entries())
        {
            if (value.At(key.Mark).Judge(key.Text, Port) is not { } port)
                continue;
            if (value.Node is UserDataNode.Mapping { Entries.Count: 0 })
                exposed.Add(port, key.Mark, value.Path);
            else
                AddBindings(published, port, value, nullPublishes: true);
        }

        return
        [
            .. Setting.Of(OptionKeys.ExposedPorts, exposed.ToFound()),
            .. Setting.Of(OptionKeys.PublishedPorts, published.ToFound()),
        ];
    }

    private static Found<OptionValue.Words>? ReadBindings(Spot spot, bool nullPublishes)
    {
        var published = new WordGatherer(spot.Findings);
        if (spot.Node is not UserDataNode.Mapping && !spot.IsUnset)
            spot.Expect("a mapping from ports to ports of the host is expected");
        foreach (var (key, value) in spot.Entries())
        {
            if (value.At(key.Mark).Judge(key.Text, Port) is { } port)
                AddBindings(published, port, value, nullPublishes);
        }

        return published.ToFound();
    }

    private static void AddList(WordGatherer exposed, Spot spot)
    {
        foreach (var item in Lists.Items(spot))
        {
            var port = item.Node is UserDataNode.Sequence { Items: [UserDataNode.Scalar number, UserDataNode.Scalar protocol] }
                ? item.Judge($"{number.Text}/{protocol.Text}", Port)
                : item.Word(Port);
            if (port is not null)
                exposed.Add(port, item.Mark, item.Path);
        }
    }

    private static void AddBindings(WordGatherer published, string port, Spot value, bool nullPublishes)
    {
        if (value.IsUnset && !(nullPublishes && value.Node is UserDataNode.Scalar))
            return;
        if (value.Node is UserDataNode.Sequence && !IsPair(value))
        {
            foreach (var item in value.Items())
                AddBinding(published, port, item);
        }
        else
        {
            AddBinding(published, port, value);
        }
    }

    /// <summary>True of docker-py's <c>[address, port]</c> and <c>[address]</c>, which a list of ports is not.</summary>
    private static bool IsPair(Spot spot) =>
        spot.Node is UserDataNode.Sequence { Items: { Count: 1 or 2 } items } && items[0] is UserDataNode.Scalar address
        && Addresses.IsIp(address.Text);

    private static void AddBinding(WordGatherer published, string port, Spot spot)
    {
        var before = spot.Findings.Count;
        string? address, hostPort;
        if (spot.Node is UserDataNode.Scalar scalar)
        {
            var colon = scalar.Text.LastIndexOf(':');
            address = colon < 0 ? null : spot.Judge(scalar.Text[..colon], Addresses.IpBeforePort);
            hostPort = scalar.IsNull || scalar.Text.Length == 0 ? null : spot.Judge(scalar.Text[(colon + 1)..], HostPort);
        }
        else if (IsPair(spot))
        {
            var parts = spot.Items().ToList();
            address = parts[0].Word(Addresses.IpBeforePort);
            hostPort = parts.Count > 1 ? parts[1].Word(HostPort) : null;
        }
        else if (spot.Node is UserDataNode.Mapping && Fields.Read(spot, BindingFields) is { } fields)
        {
            address = fields["HostIp"]?.Word(Addresses.IpBeforePort);
            hostPort = fields["HostPort"]?.Word(HostPort);
        }
        else
        {
            spot.Expect("a port of the host, address:port, [address, port] or {HostIp, HostPort} is expected");
            return;
        }

        if (spot.Findings.Count > before)
            return;
        var word = $"{address}:{hostPort}:{port}";
        if (hostPort is null)
            published.Add(word, spot.Mark, spot.Path);
        else
            published.AddOnce(word, spot.Mark, spot, $"{address}:{hostPort}/{port.Split('/')[1]}".TrimStart(':'), Taken);
    }

    /// <summary>A port of the container: a number, with <c>/tcp</c>, <c>/udp</c> or <c>/sctp</c> behind it; else it is tcp.</summary>
    private static Verdict Port(string text)
    {
        var parts = text.ToLowerInvariant().Split('/');
        var protocol = parts.Length > 1 ? parts[1] : "tcp";
        return Verdict.When(
            parts.Length <= 2 && IsPort(parts[0]) && protocol is "tcp" or "udp" or "sctp",
            $"{parts[0]}/{protocol}",
            $"a single port from 1 to {Last}, such as 22, 22/tcp, 53/udp or 36412/sctp, is expected");
    }

    /// <summary>A port of the host; 0 is one that the Engine chooses, and so nothing.</summary>
    private static Verdict HostPort(string text) => text is "0" or ""
        ? Verdict.Unset
        : Verdict.When(IsPort(text), text, $"a single port of the host from 1 to {Last} is expected");

    private static bool IsPort(string text) => Numbers.IsWhole(text, out var number) && number is >= 1 and <= Last;
}
