namespace NovaDocker.Actors.Images.Archives;

/// <summary>An entry of a tar, by its headers.</summary>
/// <param name="Kind">The kind, as the header has it: <c>0</c> for a file, <c>5</c> for a directory, …</param>
/// <param name="Name">The name.</param>
/// <param name="Target">What a link refers to; empty where there is none.</param>
/// <param name="Length">Length of the data that follow.</param>
internal readonly record struct TarItem(char Kind, string Name, string Target, long Length)
{
    /// <summary>True for a link to another entry, which counts from the root; a symbolic link is text alone.</summary>
    public bool IsHardLink => Kind == '1';

    /// <summary>True for what an Engine can unpack: files, links and devices of both kinds, directories, pipes.</summary>
    public bool IsOfKnownKind => Kind is '0' or '\0' or '1' or '2' or '3' or '4' or '5' or '6';
}
