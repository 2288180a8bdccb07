using Docker.DotNet.Models;

namespace NovaDocker.Adapters.Docker;

/// <summary>Listens to the Engine while it loads an image. The status of its answer is 200 also where it fails.</summary>
internal sealed class LoadAnswer : IProgress<JSONMessage>
{
    private volatile string? _error;

    /// <summary>The Engine's words where it failed; null where it did not.</summary>
    public string? Error => _error;

    /// <inheritdoc/>
    public void Report(JSONMessage value)
    {
        if (value.Error is { } error)
            _error = string.IsNullOrEmpty(error.Message) ? "an error without words." : error.Message;
    }
}
