using System.Globalization;
using NovaDocker.Actors.Docker;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>What an image is made for, or an Engine runs on, in the words of OCI.</summary>
/// <param name="OperatingSystem">The operating system, such as <c>linux</c>.</param>
/// <param name="Architecture">The architecture, such as <c>amd64</c>.</param>
/// <param name="Variant">The variant of the architecture, such as <c>v7</c> of <c>arm</c>; empty for the usual one.</param>
public sealed record ImagePlatform(string OperatingSystem, string Architecture, string Variant = "")
{
    /// <summary>The platform of an Engine, which names its architecture as the machine does.</summary>
    /// <param name="engine">What the Engine says of itself.</param>
    public static ImagePlatform Of(EngineInfo engine)
    {
        var (architecture, variant) = engine.Architecture switch
        {
            "x86_64" => ("amd64", ""),
            "aarch64" => ("arm64", ""),
            "armv7l" => ("arm", "v7"),
            "armv6l" => ("arm", "v6"),
            "i386" or "i686" => ("386", ""),
            "loongarch64" => ("loong64", ""),
            var other => (other, ""),
        };
        return new ImagePlatform(engine.OperatingSystem, architecture, variant);
    }

    /// <summary>How well this platform's images run on another one; higher is better, null is not at all.</summary>
    /// <param name="machine">The platform that is to run them.</param>
    public int? FitOn(ImagePlatform machine)
    {
        if (OperatingSystem != machine.OperatingSystem || Architecture != machine.Architecture)
            return null;
        if (Level is { } level && machine.Level is { } most)
            return level <= most ? level : null;
        return Variant == machine.Variant ? 0 : null;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Variant.Length == 0 ? $"{OperatingSystem}/{Architecture}" : $"{OperatingSystem}/{Architecture}/{Variant}";

    /// <summary>The variant as a number: a machine runs what is made for its own and for lower ones.</summary>
    private int? Level => (Architecture, Variant) switch
    {
        ("arm", "") => 7,
        ("arm64", "") => 8,
        (_, "") => 1,
        (_, ['v', .. var number]) =>
            int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : null,
        _ => null,
    };
}
