using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Docker;

/// <summary>The kinds of failure of an Engine call, told by status code or by how the connection failed; never by text.</summary>
public enum EngineErrorKind
{
    /// <summary>HTTP 404.</summary>
    NotFound,

    /// <summary>HTTP 409.</summary>
    Conflict,

    /// <summary>Other HTTP 4xx, and 501: the Engine will never do it as asked.</summary>
    Invalid,

    /// <summary>Other HTTP 5xx, or an answer that breaks off.</summary>
    Transient,

    /// <summary>No connection to the Engine.</summary>
    Unavailable,

    /// <summary>No answer in time: the outcome is unknown.</summary>
    TimedOut,
}

/// <summary>A failed Engine call.</summary>
public sealed class EngineException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="kind">The kind of failure.</param>
    /// <param name="message">What was asked, of which container or image, and the Engine's own words.</param>
    /// <param name="inner">The exception behind it, if any.</param>
    public EngineException(EngineErrorKind kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    /// <summary>The kind of failure.</summary>
    public EngineErrorKind Kind { get; }

    /// <summary>The same failure as a step reports it.</summary>
    public Fault ToFault() => new(
        Kind switch
        {
            EngineErrorKind.NotFound => FaultCode.NotFound,
            EngineErrorKind.Conflict => FaultCode.Conflict,
            EngineErrorKind.Invalid => FaultCode.Invalid,
            EngineErrorKind.Transient => FaultCode.Transient,
            EngineErrorKind.Unavailable => FaultCode.Unavailable,
            EngineErrorKind.TimedOut => FaultCode.TimedOut,
            _ => FaultCode.Internal,
        },
        Message);
}
