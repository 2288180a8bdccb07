using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Instances;

/// <summary>
/// How the Engine finds out whether the process in a container does its work; takes the place of the image's
/// <c>HEALTHCHECK</c>. A time of zero is the Engine's default.
/// </summary>
/// <param name="Command">The words of the command run inside; empty switches the image's check off.</param>
/// <param name="Interval">From the end of one check to the next (Engine's default: 30 s).</param>
/// <param name="Timeout">How long a check may take (30 s).</param>
/// <param name="StartPeriod">How long after the start a failure does not count (0).</param>
/// <param name="Retries">How many failures in a row make it unhealthy; 0 for the Engine's default (3).</param>
public sealed record HealthCheck(
    EquatableArray<string> Command, TimeSpan Interval, TimeSpan Timeout, TimeSpan StartPeriod, int Retries)
{
    /// <summary>The shortest time other than zero that an Engine takes.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>The longest time that makes sense: beyond it the number is a slip.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The highest <see cref="Retries"/>.</summary>
    public const int MostRetries = 1000;

    /// <summary>No check, also where the image has one.</summary>
    public static readonly HealthCheck Off = new([], TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, 0);
}

/// <summary>What the last health checks said. Numbers are on the wire and never change.</summary>
public enum HealthStatus
{
    /// <summary>The container was started, and no check has passed yet.</summary>
    Starting = 1,

    /// <summary>The last check passed.</summary>
    Healthy = 2,

    /// <summary>As many checks in a row failed as it takes.</summary>
    Unhealthy = 3,
}
