namespace NovaDocker.UserData.Policy;

/// <summary>Lists of names in a policy, of which some end in <c>*</c>.</summary>
internal static class NameRules
{
    private const char Rest = '*';

    /// <summary>True where a list has the name, or the beginning of it with a <c>*</c> behind. Case counts.</summary>
    public static bool Allow(IEnumerable<string> allowed, string name) => allowed.Any(rule => Allows(rule, name));

    /// <summary>True where a rule is the name, or the beginning of it with a <c>*</c> behind. Case counts.</summary>
    public static bool Allows(string rule, string name) => rule.EndsWith(Rest)
        ? name.StartsWith(rule[..^1], StringComparison.Ordinal)
        : name.Equals(rule, StringComparison.Ordinal);
}
