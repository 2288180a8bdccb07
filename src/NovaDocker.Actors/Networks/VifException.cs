using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Networks;

/// <summary>A port could not be plugged, unplugged or looked at.</summary>
public sealed class VifException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="code">The kind of failure: it alone decides whether it is tried again.</param>
    /// <param name="step">What was being done, such as <c>put tap340e1ee4-90 into brqf0210338-f0</c>.</param>
    /// <param name="reason">Why it failed, in the tool's own words.</param>
    /// <param name="inner">The exception behind it, if any.</param>
    public VifException(FaultCode code, string step, string reason, Exception? inner = null)
        : base($"{step}: {reason}", inner) => (Code, Step, Reason) = (code, step, reason);

    /// <summary>The kind of failure.</summary>
    public FaultCode Code { get; }

    /// <summary>What was being done.</summary>
    public string Step { get; }

    /// <summary>Why it failed.</summary>
    public string Reason { get; }

    /// <summary>The same failure as a step of an instance reports it.</summary>
    public Fault ToFault() => new(Code, Message);
}
