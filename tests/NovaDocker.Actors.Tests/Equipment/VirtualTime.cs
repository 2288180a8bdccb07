using Akka.Actor;
using Akka.TestKit;

namespace NovaDocker.Actors.Tests.Equipment;

/// <summary>The clock of a <see cref="TestScheduler"/>, for what asks a clock and not the scheduler.</summary>
internal sealed class VirtualTime(ActorSystem system) : TimeProvider
{
    private TestScheduler Scheduler => (TestScheduler)system.Scheduler;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Scheduler.Now;

    public override long GetTimestamp() => Scheduler.Now.Ticks;

    public void Advance(TimeSpan by) => Scheduler.Advance(by);
}
