namespace NovaDocker.Domain.Instances;

public static partial class InstanceProtocol
{
    /// <summary>The container's process ended without having been asked to.</summary>
    public sealed record ContainerExited(EventHeader Header, string ContainerId, ContainerExit Exit) : InstanceEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Observation;

        /// <inheritdoc/>
        public override EventOutcome Outcome => Exit.ExitCode == 0 ? EventOutcome.Success : EventOutcome.Failure;
    }

    /// <summary>The container is gone without anybody here having removed it.</summary>
    public sealed record ContainerLost(EventHeader Header, string ContainerId) : InstanceEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Observation;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Failure;
    }

    /// <summary>Somebody did something to the container behind our back; the instance goes by what is.</summary>
    /// <param name="Header">When, on whose behalf, where.</param>
    /// <param name="ContainerId">The container.</param>
    /// <param name="Drift">What was done.</param>
    /// <param name="RunStartedAt">When the run that was seen had been started; null where it never was.</param>
    /// <param name="Name">The name that the container had.</param>
    public sealed record ContainerDrifted(
        EventHeader Header, string ContainerId, DriftKind Drift, DateTimeOffset? RunStartedAt, string Name)
        : InstanceEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Observation;

        /// <inheritdoc/>
        public override EventOutcome Outcome => EventOutcome.Success;
    }

    /// <summary>The health checks of the container say something else than before.</summary>
    public sealed record HealthChanged(EventHeader Header, string ContainerId, HealthStatus Health) : InstanceEvent(Header)
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.Observation;

        /// <inheritdoc/>
        public override EventOutcome Outcome =>
            Health == HealthStatus.Unhealthy ? EventOutcome.Failure : EventOutcome.Success;
    }
}
