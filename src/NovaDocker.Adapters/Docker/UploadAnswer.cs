using Docker.DotNet.Models;

namespace NovaDocker.Adapters.Docker;

/// <summary>Listens to the Engine while it takes in an image. The status of its answer may be 200 also where it fails.</summary>
internal sealed class UploadAnswer : IProgress<JSONMessage>
{
    private volatile string? _error;
    private volatile string? _lastStatus;

    /// <summary>The Engine's words where it failed; null where it did not.</summary>
    public string? Error => _error;

    /// <summary>What the Engine said last of how it stands; at the end of an import that is the image's id.</summary>
    public string? LastStatus => _lastStatus;

    /// <inheritdoc/>
    public void Report(JSONMessage value)
    {
        if (value.Error is { } error)
            _error = string.IsNullOrEmpty(error.Message) ? "an error without words." : error.Message;
        if (!string.IsNullOrEmpty(value.Status))
            _lastStatus = value.Status;
    }
}
