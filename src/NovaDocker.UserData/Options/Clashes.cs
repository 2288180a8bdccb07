using NovaDocker.Domain.Options;
using NovaDocker.UserData.Options.Forms;

namespace NovaDocker.UserData.Options;

/// <summary>Options that are right each by itself and that no Engine takes together.</summary>
internal static class Clashes
{
    /// <summary>Tells of every path in the container that two options claim; returns the options that have to give way.</summary>
    public static IReadOnlyCollection<string> Find(IReadOnlyDictionary<string, AskedOption> asked, Findings findings)
    {
        var before = findings.Count;
        if (asked.GetValueOrDefault(OptionKeys.Binds.Name) is not { Value: OptionValue.Words binds } bound
            || asked.GetValueOrDefault(OptionKeys.Tmpfs.Name) is not { Value: OptionValue.Pairs tmpfs })
        {
            return [];
        }

        for (var i = 0; i < binds.Values.Count; i++)
        {
            var target = binds.Values[i].Split(':')[1];
            if (!tmpfs.Values.ContainsKey(target))
                continue;
            var (mark, path) = bound.PlaceOf(i);
            findings.Add(
                mark, path, $"has the container path {Wording.Quoted(target)}, as a memory file system has; one of them has to go.");
        }

        return findings.Count > before ? [bound.Option] : [];
    }
}
