using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Images;

/// <summary>A failure of the image store, or of the bytes that it holds.</summary>
public sealed class ImageStoreException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="code">The kind of failure.</param>
    /// <param name="message">What failed, on which image, and what to do.</param>
    /// <param name="inner">The exception behind it, if any.</param>
    public ImageStoreException(FaultCode code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>The kind of failure.</summary>
    public FaultCode Code { get; }

    /// <summary>The same failure as a step reports it.</summary>
    public Fault ToFault() => new(Code, Message);
}
