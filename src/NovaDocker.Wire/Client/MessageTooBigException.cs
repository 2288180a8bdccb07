using System.Globalization;

namespace NovaDocker.Wire.Client;

/// <summary>
/// A message does not fit into a frame of the remoting, which would have dropped it without a word. Nothing was sent.
/// </summary>
public sealed class MessageTooBigException : ArgumentException
{
    internal MessageTooBigException(string message, long bytes, long most)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"{message} takes {bytes} bytes; a message to a node may take {most}. Shorten the command, the environment or the properties."))
    {
    }
}
