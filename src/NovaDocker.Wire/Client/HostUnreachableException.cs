namespace NovaDocker.Wire.Client;

/// <summary>
/// No node answered in time. Whether a command that was sent has been taken is unknown: repeat it with the same request
/// id, and it is not carried out twice.
/// </summary>
public sealed class HostUnreachableException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">Which address did not answer, why, and what to check.</param>
    /// <param name="innerException">What the remoting said; null where it said nothing.</param>
    public HostUnreachableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
