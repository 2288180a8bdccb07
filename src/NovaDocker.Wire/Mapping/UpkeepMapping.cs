using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Wire.Mapping;

/// <summary>What keeps an instance up, and what is seen of its container.</summary>
internal static class UpkeepMapping
{
    /// <summary>Null for no upkeep at all: what was written before there was any reads the same.</summary>
    public static V1.UpkeepPolicy? ToWire(this UpkeepPolicy policy) => policy == UpkeepPolicy.None
        ? null
        : new()
        {
            Restart = policy.Restart.Mode.ToWire(),
            MaxRestarts = policy.Restart.MaxRestarts,
            WhenUnhealthy = policy.WhenUnhealthy.ToWire(),
            WhenLost = policy.WhenLost.ToWire(),
        };

    public static UpkeepPolicy ToDomain(this V1.UpkeepPolicy? wire) => wire is null
        ? UpkeepPolicy.None
        : new UpkeepPolicy(
            new RestartPolicy(wire.Restart.ToDomain(), wire.MaxRestarts), wire.WhenUnhealthy.ToDomain(),
            wire.WhenLost.ToDomain());

    public static V1.HealthCheck ToWire(this HealthCheck check)
    {
        var wire = new V1.HealthCheck
        {
            Interval = check.Interval.Ticks,
            Timeout = check.Timeout.Ticks,
            StartPeriod = check.StartPeriod.Ticks,
            Retries = check.Retries,
        };
        wire.Command.AddRange(check.Command);
        return wire;
    }

    public static HealthCheck ToDomain(this V1.HealthCheck wire) => new(
        wire.Command.ToEquatableArray(), wire.Interval.ToDuration(), wire.Timeout.ToDuration(),
        wire.StartPeriod.ToDuration(), wire.Retries);

    public static V1.ContainerSighting ToWire(this ContainerSighting seen)
    {
        var wire = new V1.ContainerSighting
        {
            ContainerId = seen.ContainerId,
            Name = seen.Name,
            Condition = seen.Condition.ToWire(),
            Exit = seen.Exit?.ToWire(),
        };
        if (seen.RunStartedAt is { } started)
            wire.RunStartedAt = started.ToWire();
        if (seen.Health is { } health)
            wire.Health = health.ToWire();
        return wire;
    }

    public static ContainerSighting ToDomain(this V1.ContainerSighting wire) => new(
        wire.ContainerId, wire.Name, wire.Condition.ToDomain(), wire.HasRunStartedAt ? wire.RunStartedAt.ToTime() : null,
        wire.Exit?.ToDomain(), wire.HasHealth ? wire.Health.ToDomain() : null);
}
