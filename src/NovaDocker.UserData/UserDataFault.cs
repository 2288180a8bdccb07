using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData;

/// <summary>Something in user data that cannot be taken as it stands; a boot with any is refused before anything is made.</summary>
/// <param name="Mark">Where; null where it is no matter of a place.</param>
/// <param name="Path">The path of the key, such as <c>HostConfig.Memory</c> or <c>volumes[2]</c>; empty for the whole document.</param>
/// <param name="Problem">What was found and what is allowed: the rest of a sentence that begins with the path. Its full stop may be left out.</param>
public sealed record UserDataFault(Mark? Mark, string Path, string Problem)
{
    /// <summary><c>line 3, column 5: HostConfig.Memory is 'lots'; a size such as 512m is expected.</c></summary>
    public override string ToString()
    {
        var sentence = Path.Length == 0 ? Problem : $"{Path} {Problem}";
        if (!sentence.EndsWith('.') && !sentence.EndsWith('?'))
            sentence += ".";
        return Mark is { } mark ? $"{mark}: {sentence}" : sentence;
    }
}
