using Docker.DotNet.Models;
using NovaDocker.Domain.Options;

namespace NovaDocker.Adapters.Docker;

/// <summary>
/// Options as the Engine's client takes them. What is not set is null, which the client does not send; it declares these
/// properties as never null nevertheless, and so does this class.
/// </summary>
internal static class OptionLists
{
    /// <summary>The text.</summary>
    public static string TextOf(this ContainerOptions options, OptionKey<OptionValue.Text> key) => options.Text(key)!;

    /// <summary>The words as they are.</summary>
    public static List<string> ListOf(this ContainerOptions options, OptionKey<OptionValue.Words> key) =>
        options.Words(key).ToListOrUnset();

    /// <summary>The words, each in the Engine's form.</summary>
    public static List<T> ListOf<T>(
        this ContainerOptions options, OptionKey<OptionValue.Words> key, Func<string, T> form) =>
        options.Words(key).Select(form).ToListOrUnset();

    /// <summary>The words as keys, which is how the Engine writes a set.</summary>
    public static Dictionary<string, EmptyStruct> SetOf(this ContainerOptions options, OptionKey<OptionValue.Words> key) =>
        options.Words(key).ToSetOrUnset();

    /// <summary>The pairs.</summary>
    public static Dictionary<string, string> DictionaryOf(
        this ContainerOptions options, OptionKey<OptionValue.Pairs> key) =>
        options.TryGet(key, out var pairs)
            ? new Dictionary<string, string>(pairs.Values, StringComparer.Ordinal)
            : Unset<Dictionary<string, string>>();

    /// <summary>A list; unset where there would be nothing in it.</summary>
    public static List<T> ToListOrUnset<T>(this IEnumerable<T> items)
    {
        var list = items.ToList();
        return list.Count > 0 ? list : Unset<List<T>>();
    }

    /// <summary>A set in the Engine's form; unset where there would be nothing in it.</summary>
    public static Dictionary<string, EmptyStruct> ToSetOrUnset(this IEnumerable<string> items)
    {
        var set = items.Distinct(StringComparer.Ordinal).ToDictionary(i => i, _ => default(EmptyStruct), StringComparer.Ordinal);
        return set.Count > 0 ? set : Unset<Dictionary<string, EmptyStruct>>();
    }

    /// <summary>What is not sent.</summary>
    public static T Unset<T>()
        where T : class => null!;
}
