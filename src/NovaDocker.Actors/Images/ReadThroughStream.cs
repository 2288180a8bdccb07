using NovaDocker.Actors.Common;

namespace NovaDocker.Actors.Images;

/// <summary>A stream that hands on what an inner one gives. Disposing it disposes the inner one.</summary>
internal abstract class ReadThroughStream(Stream inner) : ForwardOnlyStream
{
    protected Stream Inner => inner;

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
