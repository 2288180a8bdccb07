using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;

namespace NovaDocker.Actors.Common;

/// <summary>Cuts answers into pages that fit a frame of the remoting: by number, and by how much text they hold.</summary>
internal static class Paging
{
    /// <summary>
    /// The most characters of text that the entries of one page may hold together. A frame holds 128,000 bytes; in UTF-8
    /// most text takes one byte a character, and one entry of the largest allowed size must fit beside it.
    /// </summary>
    public const int MaxText = 48 * 1024;

    /// <summary>The first entries that fit one page; one at least, where there is one.</summary>
    /// <param name="entries">All that are left.</param>
    /// <param name="limit">How many are asked for; held to 1 to <see cref="ComputeProtocol.MaxPage"/>.</param>
    /// <param name="textOf">Roughly how many characters an entry holds.</param>
    public static EquatableArray<T> FirstPage<T>(IEnumerable<T> entries, int limit, Func<T, int> textOf)
        where T : notnull
    {
        var text = 0;
        return entries
            .Take(Limit(limit))
            .TakeWhile((entry, i) => (text += textOf(entry)) <= MaxText || i == 0)
            .ToEquatableArray();
    }

    /// <summary>A limit as it may be asked for.</summary>
    public static int Limit(int asked) => Math.Clamp(asked, 1, ComputeProtocol.MaxPage);
}
