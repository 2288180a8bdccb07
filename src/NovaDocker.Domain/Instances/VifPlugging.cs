namespace NovaDocker.Domain.Instances;

/// <summary>
/// How long a boot waits for Neutron to have its ports ready before its process is started (Nova's
/// <c>vif_plugging_timeout</c> and <c>vif_plugging_is_fatal</c>).
/// </summary>
/// <param name="Timeout">How long at most, counted from when the ports are plugged.</param>
/// <param name="IsFatal">True gives the boot up where they are not ready by then; false goes on.</param>
public sealed record VifPluggingWait(TimeSpan Timeout, bool IsFatal)
{
    /// <summary>The longest wait: beyond it the number is a slip.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>What is wrong with it, in a sentence with key, value and what would be right; null where nothing is.</summary>
    public string? Problem => Timeout > TimeSpan.Zero && Timeout <= Longest
        ? null
        : $"vif plugging timeout is {Timeout.TotalSeconds:0.###} s; more than 0 and at most {Longest.TotalSeconds:0} s are expected.";
}

/// <summary>What became of the ports of a boot that waited. Numbers are on the wire and never change.</summary>
public enum VifPluggingOutcome
{
    /// <summary>Neutron has them ready (<c>network-vif-plugged</c>).</summary>
    Plugged = 1,

    /// <summary>Neutron said nothing in time.</summary>
    TimedOut = 2,

    /// <summary>Neutron said that it could not.</summary>
    Failed = 3,
}
