using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Judges one word of a document by itself.</summary>
internal delegate Verdict Rule(string text);

/// <summary>What a <see cref="Rule"/> says of a word.</summary>
/// <param name="Value">Its canonical form; null where it cannot be taken, or where it means "not set".</param>
/// <param name="Problem">What would be right, such as <c>an IP address is expected</c>; null where nothing is wrong.</param>
internal readonly record struct Verdict(string? Value, string? Problem)
{
    /// <summary>It means that nothing is set.</summary>
    public static readonly Verdict Unset;

    /// <summary>It is taken, in this form.</summary>
    public static Verdict Of(string value) => new(value, null);

    /// <summary>It cannot be taken.</summary>
    public static Verdict Not(string problem) => new(null, problem);

    /// <summary>It is taken as it stands, or not at all.</summary>
    public static Verdict When(bool holds, string text, string problem) => holds ? Of(text) : Not(problem);
}

/// <summary>Reads single words by rules.</summary>
internal static class RuleReading
{
    /// <summary>The word at this spot in its canonical form; null where it is unset, or cannot be taken, which is told then.</summary>
    public static string? Word(this Spot spot, Rule rule, bool secret = false)
    {
        if (spot.IsUnset)
            return null;
        if (spot.Text is { } text)
            return spot.Judge(text, rule, secret);
        spot.Expect("a single value is expected");
        return null;
    }

    /// <summary>A part of what stands at this spot, judged by a rule; null where it cannot be taken, which is told then.</summary>
    public static string? Judge(this Spot spot, string text, Rule rule, bool secret = false)
    {
        var verdict = rule(text);
        if (verdict.Problem is null)
            return verdict.Value;
        if (secret)
            spot.ExpectSecret(verdict.Problem);
        else if (text == spot.Text)
            spot.Expect(verdict.Problem);
        else if (spot.Node is UserDataNode.Scalar)
            spot.Fault($"is {Wording.Found(spot.Node)}, with {Wording.Quoted(text)} in it; {verdict.Problem}.");
        else
            spot.Fault($"has {Wording.Quoted(text)}; {verdict.Problem}.");
        return null;
    }
}
