using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Volumes and binds. docker-py's <c>volumes</c> may be either.</summary>
internal static class Mounts
{
    private const string Shape = "/host/path:/container/path[:mode] is expected";
    private static readonly string[][] BindFields = [["bind"], ["mode"], ["ro"]];

    /// <summary>Volumes and binds: one path, a list of paths or of <c>host:container[:mode]</c>, or a mapping.</summary>
    public static IReadOnlyList<Setting> VolumesAndBinds(Spot spot)
    {
        var (volumes, binds) = (new WordGatherer(spot.Findings), new WordGatherer(spot.Findings));
        if (spot.Node is UserDataNode.Mapping)
        {
            foreach (var (key, value) in spot.Entries())
            {
                if (value.IsUnset)
                    AddVolume(volumes, key.Text, value.At(key.Mark));
                else
                    AddEntry(binds, key, value);
            }
        }
        else
        {
            foreach (var item in Lists.Items(spot, orOne: true).Where(item => !item.IsUnset))
            {
                if (item.Text is { } text && !text.Contains(':', StringComparison.Ordinal))
                    AddVolume(volumes, text, item);
                else
                    AddLine(binds, item);
            }
        }

        return [.. Setting.Of(OptionKeys.Volumes, volumes.ToFound()), .. Setting.Of(OptionKeys.Binds, binds.ToFound())];
    }

    /// <summary>Binds: a list of <c>host:container[:mode]</c>, or a mapping from the host's paths.</summary>
    public static Found<OptionValue.Words>? Binds(Spot spot)
    {
        var binds = new WordGatherer(spot.Findings);
        if (spot.Node is UserDataNode.Mapping)
        {
            foreach (var (key, value) in spot.Entries().Where(entry => !entry.Value.IsNull))
                AddEntry(binds, key, value);
        }
        else
        {
            foreach (var item in Lists.Items(spot).Where(item => !item.IsUnset))
                AddLine(binds, item);
        }

        return binds.ToFound();
    }

    private static void AddVolume(WordGatherer volumes, string path, Spot spot)
    {
        if (spot.Judge(path, Paths.InContainer) is { } volume)
            volumes.Add(volume, spot.Mark, spot.Path);
    }

    private static void AddLine(WordGatherer binds, Spot spot)
    {
        if (spot.Text?.Split(':') is [var host, var container, .. var rest] && rest.Length <= 1)
            Add(binds, spot, spot.Mark, host, container, rest.Length == 0 ? string.Empty : rest[0]);
        else
            spot.Expect(Shape);
    }

    private static void AddEntry(WordGatherer binds, UserDataNode.Scalar host, Spot value)
    {
        if (value.Text is { } container)
        {
            Add(binds, value, host.Mark, host.Text, container, string.Empty);
            return;
        }

        if (Fields.Read(value, BindFields) is not { } fields)
            return;
        var path = fields["bind"]?.Word(Verdict.Of);
        var mode = fields["mode"]?.Word(Verdict.Of);
        var readOnly = fields["ro"] is { } ro ? Scalars.IsOn(ro) : null;
        if (path is null)
            value.Fault("has no 'bind'; the path inside the container is expected there.");
        else if (mode is not null && readOnly is not null)
            value.Fault("has both 'mode' and 'ro'; give one of them.");
        else
            Add(binds, value, host.Mark, host.Text, path, mode ?? (readOnly == true ? "ro" : string.Empty));
    }

    private static void Add(WordGatherer binds, Spot spot, Mark mark, string host, string container, string mode)
    {
        var source = spot.At(mark).Judge(host, Paths.OnHost);
        var target = spot.Judge(container, Paths.InContainer);
        var how = spot.Judge(mode, Mode);
        if (source is not null && target is not null && how is not null)
            binds.AddOnce($"{source}:{target}:{how}", mark, spot, target, "has the container path");
    }

    /// <summary>How a path is bound: <c>ro</c> or <c>rw</c>, which is what nothing means, and <c>z</c> or <c>Z</c>.</summary>
    private static Verdict Mode(string text)
    {
        var words = text.Length == 0 ? [] : text.Split(',');
        var access = words.Where(word => word is "ro" or "rw").ToList();
        var label = words.Where(word => word is "z" or "Z").ToList();
        if (access.Count > 1 || label.Count > 1 || access.Count + label.Count < words.Length)
            return Verdict.Not("a mode of ro or rw, with z or Z where labels are wanted, is expected (no propagation, no nocopy)");
        return Verdict.Of(string.Join(',', access.DefaultIfEmpty("rw").Concat(label)));
    }
}
