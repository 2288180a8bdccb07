using NovaDocker.Actors.Images;
using NovaDocker.Testing;

namespace NovaDocker.Images.Tests;

/// <summary>The store in memory, which other tests stand on, keeps the contract.</summary>
public sealed class MemoryImageStoreTests : ImageStoreContract
{
    protected override IImageStore Store { get; } = new MemoryImageStore();
}
