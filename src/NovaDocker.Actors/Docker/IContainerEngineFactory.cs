namespace NovaDocker.Actors.Docker;

/// <summary>Opens Engines: the one place where the choice of adapter is made.</summary>
public interface IContainerEngineFactory
{
    /// <summary>
    /// An Engine at an address. Nothing is sent yet: whether it answers shows at the first call. Throws
    /// <see cref="EngineException"/> of kind <see cref="EngineErrorKind.Invalid"/> where the settings cannot be used: an
    /// address of an unknown scheme, a certificate file that cannot be read.
    /// </summary>
    /// <param name="settings">How the Engine is reached.</param>
    /// <returns>The Engine. The caller disposes it.</returns>
    IContainerEngine Open(EngineSettings settings);
}
