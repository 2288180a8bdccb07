namespace NovaDocker.Domain.Instances;

/// <summary>How an operation is to be carried out, where who asks for it has a say in that. Each part concerns some verbs only.</summary>
public sealed record OperationTerms
{
    /// <summary>The usual ones.</summary>
    public static readonly OperationTerms Usual = new();

    /// <summary>
    /// Of a boot, a rebuild, a resize and its taking back: true leaves the instance stopped at the end instead of running
    /// (Nova's <c>power_on=False</c>).
    /// </summary>
    public bool LeavesStopped { get; init; }

    /// <summary>
    /// Of a stop: how long the process has after its stop signal before it is killed; zero kills at once; null for the
    /// image's or the host's own grace.
    /// </summary>
    public TimeSpan? Grace { get; init; }

    /// <summary>Of a boot with ports: how long it waits for Neutron; null does not wait.</summary>
    public VifPluggingWait? AwaitVifs { get; init; }

    /// <summary>The longest grace: beyond it the number is a slip.</summary>
    public static readonly TimeSpan LongestGrace = TimeSpan.FromHours(1);

    /// <summary>What is wrong with them, in a sentence with key, value and what would be right; null where nothing is.</summary>
    public string? Problem => Grace is { } grace && (grace < TimeSpan.Zero || grace > LongestGrace)
        ? $"grace is {grace.TotalSeconds:0.###} s; 0 to {LongestGrace.TotalSeconds:0} s are expected."
        : AwaitVifs?.Problem;
}
