using Akka.Actor;
using NovaDocker.Actors.Instances;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Tests.Equipment;

/// <summary>Lists of the instances that live, in place of that which the journal gives.</summary>
internal static class Listings
{
    /// <summary>There is none.</summary>
    public static Func<Task<IReadOnlyCollection<InstanceId>>> Empty { get; } = Of([]);

    /// <summary>These, as they are when they are asked for.</summary>
    public static Func<Task<IReadOnlyCollection<InstanceId>>> Of(IReadOnlyCollection<InstanceView> instances) =>
        () => Task.FromResult<IReadOnlyCollection<InstanceId>>([.. instances.Select(view => view.Id)]);

    /// <summary>Those that a region has in memory.</summary>
    public static Func<Task<IReadOnlyCollection<InstanceId>>> InMemory(IActorRef region)
    {
        var finder = new InstanceFinder(region);
        return async () => [.. await finder.FindInMemoryAsync()];
    }
}
