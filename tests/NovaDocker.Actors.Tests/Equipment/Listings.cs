using System.Collections.Immutable;
using Akka.Actor;
using NovaDocker.Actors.Instances;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Tests.Equipment;

/// <summary>Lists of the instances that live, in place of that which the journal gives.</summary>
internal static class Listings
{
    /// <summary>There is none.</summary>
    public static Func<Task<ImmutableArray<InstanceView>>> Empty { get; } = () => Task.FromResult(ImmutableArray<InstanceView>.Empty);

    /// <summary>These, as they are when they are asked for.</summary>
    public static Func<Task<ImmutableArray<InstanceView>>> Of(IReadOnlyCollection<InstanceView> instances) =>
        () => Task.FromResult(instances.ToImmutableArray());

    /// <summary>Those that a region has in memory.</summary>
    public static Func<Task<ImmutableArray<InstanceView>>> InMemory(IActorRef region)
    {
        var finder = new InstanceFinder(region);
        return async () => [.. await finder.AskAsync(await finder.FindInMemoryAsync())];
    }
}
