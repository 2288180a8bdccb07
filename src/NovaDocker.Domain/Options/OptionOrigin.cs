namespace NovaDocker.Domain.Options;

/// <summary>
/// Who set an option: a later one of this list takes the place of an earlier one. Numbers are on the wire and never change.
/// </summary>
public enum OptionSource
{
    /// <summary>The image, or the Engine where the image says nothing.</summary>
    Image = 1,

    /// <summary>This host: what it sets for every instance.</summary>
    Host = 2,

    /// <summary>The flavor: memory and processors.</summary>
    Flavor = 3,

    /// <summary>A property of the image in the image store, such as <c>os_command_line</c>.</summary>
    ImageProperty = 4,

    /// <summary>The instance's metadata, which becomes its environment.</summary>
    Metadata = 5,

    /// <summary>The user data.</summary>
    UserData = 6,

    /// <summary>The request itself: an option of <c>novadocker boot</c>.</summary>
    Request = 7,
}

/// <summary>Where the value of an option comes from.</summary>
/// <param name="Source">Who set it.</param>
/// <param name="Key">By which key, with its place where that is known: <c>HostConfig.Memory, line 3</c>; else empty.</param>
public sealed record OptionOrigin(OptionSource Source, string Key)
{
    /// <summary>For people: <c>flavor</c>, <c>user data (HostConfig.Memory, line 3)</c>.</summary>
    public override string ToString()
    {
        var source = Source switch
        {
            OptionSource.ImageProperty => "image property",
            OptionSource.UserData => "user data",
            _ => Source.ToString().ToLowerInvariant(),
        };
        return Key.Length == 0 ? source : $"{source} ({Key})";
    }
}
