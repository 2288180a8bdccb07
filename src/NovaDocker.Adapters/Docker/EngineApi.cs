using System.Globalization;
using Docker.DotNet.Models;
using NovaDocker.Actors.Docker;
using Version = System.Version;

namespace NovaDocker.Adapters.Docker;

/// <summary>
/// The API version that is spoken with an Engine: the newest one that both sides know. Requests name it, so that an
/// Engine never answers in a way this program was not written for.
/// </summary>
internal sealed class EngineApi
{
    /// <summary>The oldest version this program can use; of Engine 20.10.</summary>
    public static readonly Version Oldest = new(1, 41);

    /// <summary>The newest version this program asks for; the oldest that Engine 29 still speaks.</summary>
    public static readonly Version Newest = new(1, 44);

    private volatile Version? _spoken;

    /// <summary>The version agreed on; null before <see cref="Agree"/>.</summary>
    public Version? Spoken => _spoken;

    /// <summary>Settles the version by what the Engine says of itself.</summary>
    /// <param name="engine">The Engine's answer to <c>/version</c>.</param>
    /// <returns>The version agreed on.</returns>
    /// <exception cref="EngineException">Invalid, where there is no version that both sides speak.</exception>
    public Version Agree(VersionResponse engine)
    {
        if (!Version.TryParse(engine.APIVersion, out var newest))
            throw new EngineException(EngineErrorKind.Invalid, $"The Engine names no API version but '{engine.APIVersion}'.");

        var oldest = Version.TryParse(engine.MinAPIVersion, out var minimum) ? minimum : newest;
        if (newest < Oldest || oldest > Newest)
        {
            throw new EngineException(
                EngineErrorKind.Invalid,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Engine {engine.Version} speaks API {oldest} to {newest}; one of {Oldest} to {Newest} is needed."));
        }

        return _spoken = newest < Newest ? newest : Newest;
    }
}
