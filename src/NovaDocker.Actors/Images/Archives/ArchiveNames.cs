using System.Collections.Immutable;
using System.Text;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>Finds the image that a name means among those of an archive, as Docker reads names.</summary>
internal static class ArchiveNames
{
    private const int NamesShown = 10;
    private const int LongestShown = 128;
    private const string Nameless = "one without a name";

    /// <summary>The image that is meant. Where there is one image, it is that, whatever the name.</summary>
    /// <param name="images">The images of the archive; at least one.</param>
    /// <param name="namesOf">The names that the archive gives an image.</param>
    /// <param name="wanted">The name that is wanted.</param>
    /// <exception cref="ArchiveRefusedException">None is called so, or several are.</exception>
    public static T Choose<T>(ImmutableArray<T> images, Func<T, ImmutableArray<string>> namesOf, string wanted)
    {
        if (images is [var only])
            return only;

        var meant = ImageReference.Parse(wanted);
        var found = Named(name => name.Full == meant.Full);
        if (found.IsEmpty && meant.Tag is null)
            found = Named(name => name.Repository == meant.Repository);
        if (found.IsEmpty)
            found = [.. images.Where(image => namesOf(image).Contains(meant.Full.Tag!))];
        return found switch
        {
            [var one] => one,
            [] => throw new ArchiveRefusedException(
                $"it holds {images.Length} images, none of them called '{Shown(wanted)}': {Listed(images)}; "
                + "name the image as one of them is"),
            _ => throw new ArchiveRefusedException(
                $"it holds {found.Length} images that '{Shown(wanted)}' may mean: {Listed(found)}; name one of them in full"),
        };

        ImmutableArray<T> Named(Func<ImageReference, bool> isMeant) =>
            [.. images.Where(image => namesOf(image).Any(name => isMeant(ImageReference.Parse(name))))];

        string Listed(ImmutableArray<T> some) => Join(
            some.SelectMany(image => namesOf(image).DefaultIfEmpty(Nameless)));
    }

    /// <summary>Some of the texts in a row, shortened where they are long.</summary>
    public static string Join(IEnumerable<string> texts)
    {
        var all = texts.ToArray();
        var rest = all.Length - NamesShown;
        return string.Join(", ", all.Take(NamesShown).Select(Shown)) + (rest > 0 ? $" and {rest} more" : "");
    }

    /// <summary>A text of an archive's as an error message can carry it: of bounded length, and without control characters.</summary>
    public static string Shown(string text)
    {
        var shown = string.Concat(
            text.EnumerateRunes().Take(LongestShown).Select(c => Rune.IsControl(c) ? "?" : c.ToString()));
        return shown.Length < text.Length ? shown + "…" : shown;
    }
}
