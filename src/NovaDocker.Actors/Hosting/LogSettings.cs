namespace NovaDocker.Actors.Hosting;

/// <summary>What is logged, and where: <c>novadocker.log</c> in HOCON.</summary>
/// <param name="Level"><c>debug</c>, <c>information</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="JsonConsole">True writes the console as JSON lines.</param>
/// <param name="File">A file that gets everything as JSON; null for none.</param>
public sealed record LogSettings(string Level, bool JsonConsole, string? File);
