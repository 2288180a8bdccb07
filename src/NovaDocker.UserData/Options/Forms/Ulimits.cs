using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;
using NovaDocker.UserData.Policy;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Resource limits: a list of <c>name=soft[:hard]</c> or of <c>{Name, Soft, Hard}</c>.</summary>
internal static class Ulimits
{
    private static readonly string[][] LimitFields = [["Name", "name"], ["Soft", "soft"], ["Hard", "hard"]];

    /// <summary>Reads the list.</summary>
    public static Found<OptionValue.Words>? Read(Spot spot)
    {
        var limits = new WordGatherer(spot.Findings);
        foreach (var item in Lists.Items(spot).Where(item => !item.IsUnset))
        {
            var (name, soft, hard) = item.Node is UserDataNode.Mapping ? OfFields(item) : OfLine(item);
            if (name is null || Limits(item, soft, hard) is not { } values)
                continue;
            limits.AddOnce($"{name}={values.Soft}:{values.Hard}", item.Mark, item, name, "limits");
        }

        return limits.ToFound();
    }

    private static (string? Name, string? Soft, string? Hard) OfFields(Spot item)
    {
        if (Fields.Read(item, LimitFields) is not { } fields)
            return default;
        if (fields["Name"] is null or { IsUnset: true })
            item.Fault($"has no 'Name'; one of {ResourceLimits.Line} is expected there.");
        var (soft, hard) = (fields["Soft"]?.Word(Limit), fields["Hard"]?.Word(Limit));

        // docker-py sends a hard limit of zero where none was given.
        return (fields["Name"]?.Word(Name), soft, hard == "0" && soft is not (null or "0") ? null : hard);
    }

    private static (string? Name, string? Soft, string? Hard) OfLine(Spot item)
    {
        var equals = item.Text?.IndexOf('=', StringComparison.Ordinal) ?? -1;
        if (equals < 0)
        {
            item.Expect("name=soft:hard or a mapping of Name, Soft, Hard is expected");
            return default;
        }

        var values = item.Text![(equals + 1)..].Split(':', 2);
        var hard = values.Length > 1 ? item.Judge(values[1], Limit) : null;
        return (item.Judge(item.Text[..equals], Name), item.Judge(values[0], Limit), hard);
    }

    /// <summary>Both limits, where one may stand for the other; null where they cannot be, which is told then.</summary>
    private static (long Soft, long Hard)? Limits(Spot item, string? softText, string? hardText)
    {
        if ((softText ?? hardText) is not { } either)
        {
            item.Expect("a soft limit, a hard limit, or both are expected");
            return null;
        }

        var (soft, hard) = (Numbers.Whole(softText ?? either), Numbers.Whole(hardText ?? either));
        if (hard == -1 || (soft != -1 && soft <= hard))
            return (soft, hard);
        item.Fault($"has a soft limit of {soft} and a hard limit of {hard}; the soft one cannot be higher.");
        return null;
    }

    private static Verdict Name(string text) => Verdict.When(
        ResourceLimits.Known.Contains(text), text, $"one of {ResourceLimits.Line} is expected");

    private static Verdict Limit(string text) => Verdict.When(
        Numbers.IsWhole(text, out var number) && number >= -1, text, "a number from 0, or -1 for no limit, is expected");
}
