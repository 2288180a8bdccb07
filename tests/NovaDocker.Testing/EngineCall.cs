namespace NovaDocker.Testing;

/// <summary>The calls of the Engine's port.</summary>
public enum EngineCall
{
    GetInfo,
    ListContainers,
    FindContainer,
    CreateContainer,
    StartContainer,
    StopContainer,
    KillContainer,
    PauseContainer,
    UnpauseContainer,
    UpdateContainer,
    RemoveContainer,
    ReadConsole,
    ReadUsage,
    CommitContainer,
    FindImage,
    ListImages,
    LoadImage,
    ImportImage,
    SaveImage,
    RemoveImage,
    WatchContainers,
    CreateVolume,
    RemoveVolume,
}

/// <summary>A call that was made.</summary>
/// <param name="Call">Which.</param>
/// <param name="Subject">
/// On what: a container's id or name, an image's reference, the labels asked for as <c>key=value</c> with commas between;
/// empty where on nothing in particular.
/// </param>
public sealed record RecordedCall(EngineCall Call, string Subject);
