using System.Runtime.Serialization;

namespace NovaDocker.Wire;

/// <summary>
/// A message cannot be read from its bytes, or not be written. Nothing was made of it. Akka counts the exception among
/// those that concern one message only: the connection and the system go on.
/// </summary>
public sealed class WireFormatException : SerializationException
{
    internal WireFormatException(string manifest, string? field, string problem, Exception? inner = null)
        : base($"{manifest}{(field is null ? "" : $", field {field}")}: {problem}", inner!)
    {
        Manifest = manifest;
        Field = field;
    }

    /// <summary>The manifest of the message, or the name of the type where it has none.</summary>
    public string Manifest { get; }

    /// <summary>The field that is wrong; null where it is the message as a whole.</summary>
    public string? Field { get; }
}
