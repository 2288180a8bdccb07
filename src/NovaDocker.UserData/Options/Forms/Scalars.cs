using NovaDocker.Domain.Options;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Options of one value.</summary>
internal static class Scalars
{
    /// <summary>A text that a rule judges.</summary>
    public static Form<OptionValue.Text> Text(Rule rule) =>
        spot => spot.Word(rule) is { } text ? new(new OptionValue.Text(text)) : null;

    /// <summary>A path that is absolute inside the container.</summary>
    public static Form<OptionValue.Text> Directory() => Text(Paths.Directory);

    /// <summary>On, in one of the words for it; off is not set.</summary>
    public static Found<OptionValue.Switch>? Switch(Spot spot) =>
        IsOn(spot) == true ? new(new OptionValue.Switch(true)) : null;

    /// <summary>A whole number; zero is not set.</summary>
    /// <param name="least">The least.</param>
    /// <param name="most">The most.</param>
    /// <param name="expected">What the message says is right.</param>
    public static Form<OptionValue.Number> Number(long least, long most, string expected) => Counted(text =>
        Verdict.When(Numbers.IsWhole(text, out var number) && (number == 0 || (number >= least && number <= most)), text, expected));

    /// <summary>The same, and -1 for no limit.</summary>
    public static Form<OptionValue.Number> NumberOrNoLimit(long least, long most, string expected) => Counted(text =>
        Verdict.When(Numbers.IsWhole(text, out var number) && (number is 0 or -1 || (number >= least && number <= most)), text, expected));

    /// <summary>A number of bytes, which may have a unit; zero is not set.</summary>
    /// <param name="least">The least.</param>
    /// <param name="expected">What the message says is right.</param>
    public static Form<OptionValue.Number> Size(long least, string expected) => Counted(text =>
        Numbers.Size(text) is { } size && (size == 0 || size >= least) ? Verdict.Of(Numbers.Text(size)) : Verdict.Not(expected));

    /// <summary>The same, and -1 for no limit.</summary>
    public static Form<OptionValue.Number> SizeOrNoLimit(long least, string expected) => Counted(text =>
        text == "-1" ? Verdict.Of(text)
        : Numbers.Size(text) is { } size && (size == 0 || size >= least) ? Verdict.Of(Numbers.Text(size))
        : Verdict.Not(expected));

    /// <summary>What a switch says; null where it is not set or cannot be taken, which is told then.</summary>
    public static bool? IsOn(Spot spot) =>
        spot.Word(text => Switched(text) is { } on ? Verdict.Of(on ? "true" : "false") : Verdict.Not("true or false is expected"))
            is { } word
            ? word == "true"
            : null;

    private static bool? Switched(string text) =>
        text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("yes", StringComparison.OrdinalIgnoreCase)
            || text.Equals("on", StringComparison.OrdinalIgnoreCase) || text == "1" ? true
        : text.Equals("false", StringComparison.OrdinalIgnoreCase) || text.Equals("no", StringComparison.OrdinalIgnoreCase)
            || text.Equals("off", StringComparison.OrdinalIgnoreCase) || text == "0" ? false
        : null;

    private static Form<OptionValue.Number> Counted(Rule rule) => spot =>
        spot.Word(rule) is { } word && Numbers.Whole(word) is var number and not 0 ? new(new OptionValue.Number(number)) : null;
}
