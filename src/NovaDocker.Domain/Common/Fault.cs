namespace NovaDocker.Domain.Common;

/// <summary>
/// What kind of failure a step met. The kind alone decides whether it is tried again.
/// Numbers are on the wire and never change.
/// </summary>
public enum FaultCode
{
    /// <summary>The thing worked on does not exist (HTTP 404 of the Engine, an unknown image).</summary>
    NotFound = 1,

    /// <summary>The thing is in the way of, or in the wrong state for, what was asked (HTTP 409).</summary>
    Conflict = 2,

    /// <summary>The request itself cannot be carried out as it stands (HTTP 400, a malformed archive).</summary>
    Invalid = 3,

    /// <summary>The host has not enough memory, processors or disk left.</summary>
    NoCapacity = 4,

    /// <summary>The bytes received are not the bytes promised.</summary>
    ChecksumMismatch = 5,

    /// <summary>The other side failed in a way that may pass (HTTP 5xx).</summary>
    Transient = 6,

    /// <summary>The other side cannot be reached.</summary>
    Unavailable = 7,

    /// <summary>The step's deadline passed; what became of the call is unknown.</summary>
    TimedOut = 8,

    /// <summary>The step was called off because a newer one took its place.</summary>
    Cancelled = 9,

    /// <summary>A defect of this program; the message names the exception.</summary>
    Internal = 10,

    /// <summary>The other side does not let us: credentials, a permission or a certificate (HTTP 401, 403).</summary>
    Denied = 11,
}

/// <summary>A named failure, as the history shows it.</summary>
/// <param name="Code">The kind of failure.</param>
/// <param name="Message">One sentence for a person: what failed, on what, in whose words.</param>
public sealed record Fault(FaultCode Code, string Message)
{
    /// <summary>True where the same step may succeed later without anybody's help.</summary>
    public bool IsRetryable => Code is FaultCode.Transient or FaultCode.Unavailable or FaultCode.TimedOut;

    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message}";
}
