namespace NovaDocker.Domain.Common;

/// <summary>
/// Marks what may cross a process border or lie in the journal. Everything that carries the mark has exactly one row in
/// the wire table; a test fails where one is missing.
/// </summary>
public interface IWireMessage;
