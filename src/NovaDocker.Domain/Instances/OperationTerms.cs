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

    /// <summary>
    /// Of a boot: true has it fail where the process ends at once, unless the instance's restart policy starts it again; as
    /// nova-docker did, which found no process to give a network to. False leaves the instance stopped. What counts as at once
    /// is the host's to say.
    /// </summary>
    public bool MustStayUp { get; init; }

    /// <summary>The longest grace: beyond it the number is a slip.</summary>
    public static readonly TimeSpan LongestGrace = TimeSpan.FromHours(1);

    /// <summary>
    /// What is wrong with them for a verb, in a sentence with key, value and what would be right; null where nothing is.
    /// </summary>
    public string? ProblemFor(InstanceVerb verb)
    {
        // What makes a container run, or leaves it at that, may have all of them.
        var isMaking = verb is InstanceVerb.Boot or InstanceVerb.Rebuild or InstanceVerb.Resize or InstanceVerb.RevertResize;
        if (LeavesStopped && !isMaking)
            return $"'leaves stopped' is set, and {verb} does not end in another phase for it; none is expected.";
        if (AwaitVifs is not null && !isMaking)
            return $"a wait for ports is set, and {verb} does not wait for any; none is expected.";
        if (MustStayUp && verb != InstanceVerb.Boot)
            return $"'must stay up' is set, and {verb} does not fail for a process that ends; none is expected.";
        if (Grace is { } given && verb != InstanceVerb.Stop && !isMaking)
            return $"grace is {given.TotalSeconds:0.###} s, and {verb} has none of its own; none is expected.";
        return Grace is { } grace && (grace < TimeSpan.Zero || grace > LongestGrace)
            ? $"grace is {grace.TotalSeconds:0.###} s; 0 to {LongestGrace.TotalSeconds:0} s are expected."
            : AwaitVifs?.Problem;
    }
}
