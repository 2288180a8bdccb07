namespace NovaDocker.Actors.Hosting;

/// <summary>Where the node serves HTTP: <c>novadocker.http</c> in HOCON.</summary>
/// <param name="Socket">The path of its unix socket.</param>
/// <param name="Mode">Who may connect; nobody beside owner and group.</param>
/// <param name="Group">The group that it is given to, by name or number; empty for the node's own.</param>
public sealed record HttpSettings(string Socket, UnixFileMode Mode, string Group);
