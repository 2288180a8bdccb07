using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>
/// Options that name other instances, or other hosts. The names stay as given: which instances they are is found out later.
/// </summary>
internal static class Neighbours
{
    private const string LinkShape = "name:alias is expected, with the id or name of an instance";

    /// <summary>Links: a list of <c>name:alias</c>, of <c>name</c> or of pairs, or a mapping from names to aliases.</summary>
    public static Found<OptionValue.Words>? Links(Spot spot)
    {
        var links = new WordGatherer(spot.Findings);
        if (spot.Node is UserDataNode.Mapping)
        {
            foreach (var (key, value) in spot.Entries())
                AddLink(links, value, key.Mark, key.Text, value.IsUnset ? key.Text : value.Word(Verdict.Of));
        }
        else
        {
            foreach (var item in Lists.Items(spot).Where(item => !item.IsUnset))
            {
                if (item.Node is UserDataNode.Sequence { Items: [UserDataNode.Scalar name, UserDataNode.Scalar alias] })
                    AddLink(links, item, item.Mark, name.Text, alias.Text);
                else if (item.Text is not { } text)
                    item.Expect(LinkShape);
                else if (text.LastIndexOf(':') is var colon and >= 0)
                    AddLink(links, item, item.Mark, text[..colon], text[(colon + 1)..]);
                else
                    AddLink(links, item, item.Mark, text, text);
            }
        }

        return links.ToFound();
    }

    /// <summary>Volumes of other instances: a list of <c>name[:mode]</c>, or one line with commas between them.</summary>
    public static Found<OptionValue.Words>? VolumesFrom(Spot spot)
    {
        var sources = new WordGatherer(spot.Findings);
        foreach (var item in Lists.Items(spot, orOne: true).Where(item => !item.IsUnset))
        {
            if (item.Text is not { } text)
            {
                item.Expect("name or name:mode is expected, with the id or name of an instance");
                continue;
            }

            foreach (var word in ReferenceEquals(item, spot) ? text.Split(',') : [text])
            {
                if (word.Trim(' ') is { Length: > 0 } source && item.Judge(source, Source) is { } known)
                    sources.Add(known, item.Mark, item.Path);
            }
        }

        return sources.ToFound();
    }

    /// <summary>Further lines of <c>/etc/hosts</c>: a list of <c>name:address</c>, or a mapping from names to addresses.</summary>
    public static Found<OptionValue.Words>? ExtraHosts(Spot spot)
    {
        var hosts = new WordGatherer(spot.Findings);
        if (spot.Node is UserDataNode.Mapping)
        {
            foreach (var (key, value) in spot.Entries().Where(entry => !entry.Value.IsUnset))
                AddHost(hosts, value, key.Mark, key.Text, value.Word(Verdict.Of));
        }
        else
        {
            foreach (var item in Lists.Items(spot).Where(item => !item.IsUnset))
            {
                var colon = item.Text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
                if (colon < 0)
                    item.Expect("name:address is expected");
                else
                    AddHost(hosts, item, item.Mark, item.Text![..colon], item.Text[(colon + 1)..]);
            }
        }

        return hosts.ToFound();
    }

    private static void AddLink(WordGatherer links, Spot spot, Mark mark, string name, string? alias)
    {
        if (alias is null)
            return;
        var instance = spot.At(mark).Judge(name, Instance);
        var known = spot.Judge(alias, text => Names.Hostname(text) is { Problem: null } verdict
            ? verdict
            : Verdict.Not("an alias that is a host name is expected: name:alias"));
        if (instance is not null && known is not null)
            links.AddOnce($"{instance}:{known}", mark, spot, known, "has the alias");
    }

    private static void AddHost(WordGatherer hosts, Spot spot, Mark mark, string name, string? address)
    {
        if (address is null)
            return;
        var host = spot.At(mark).Judge(name, Names.Hostname);
        var ip = spot.Judge(address, text => text == "host-gateway"
            ? Verdict.Not("the address of the host itself is not given away; an IP address is expected")
            : Addresses.Ip(text));
        if (host is not null && ip is not null)
            hosts.Add($"{host}:{ip}", mark, spot.Path);
    }

    private static Verdict Instance(string text) => Verdict.When(
        !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl), text, "the id or name of an instance is expected");

    private static Verdict Source(string text)
    {
        var colon = text.LastIndexOf(':');
        var (name, mode) = colon < 0 ? (text, "rw") : (text[..colon], text[(colon + 1)..]);
        var instance = Instance(name);
        return instance.Problem is not null ? instance
            : Verdict.When(mode is "ro" or "rw", $"{name}:{mode}", "a mode of ro or rw is expected behind the last ':'");
    }
}
