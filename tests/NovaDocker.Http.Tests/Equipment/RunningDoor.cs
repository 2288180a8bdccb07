namespace NovaDocker.Http.Tests.Equipment;

/// <summary>A lab with a running node that the tests of one class share.</summary>
public sealed class RunningDoor : IAsyncLifetime
{
    internal DoorLab Lab { get; private set; } = null!;

    public async Task InitializeAsync() => Lab = await DoorLab.StartedAsync();

    public async Task DisposeAsync() => await Lab.DisposeAsync();
}
