using NovaDocker.Testing;

namespace NovaDocker.Cluster.Tests.Matrix;

/// <summary>Which call it is that an instance can be caught at: one of the Engine's, or one of the host's network devices.</summary>
internal readonly record struct CallKind(EngineCall? Engine, NetworkCall? Network)
{
    public static implicit operator CallKind(EngineCall call) => new(call, null);

    public static implicit operator CallKind(NetworkCall call) => new(null, call);

    /// <inheritdoc/>
    public override string ToString() => Engine?.ToString() ?? Network?.ToString() ?? "none";
}

/// <summary>A call that was made for an instance.</summary>
/// <param name="Call">Which.</param>
/// <param name="Subject">On what: as the Engine's calls are recorded, or the device or bridge.</param>
/// <param name="IsOfSandbox">True where it is made on the instance's sandbox, and not on its container.</param>
internal readonly record struct MatrixCall(CallKind Call, string Subject, bool IsOfSandbox)
{
    /// <summary>True where it is made on the instance's rescue container.</summary>
    public bool IsOfRescue { get; init; }

    /// <summary>True where it is the same call on the same kind of container.</summary>
    public bool IsLike(MatrixCall other) =>
        (Call, IsOfSandbox, IsOfRescue) == (other.Call, other.IsOfSandbox, other.IsOfRescue);

    /// <summary>True where an instance without ports does not have it.</summary>
    public bool IsOfPorts => IsOfSandbox || Call.Network is not null;
}

/// <summary>What the calls are.</summary>
internal static class MatrixCalls
{
    /// <summary>True where the call changes anything in the Engine.</summary>
    public static bool Changes(this CallKind kind) => kind.Engine is { } call && call
        is not (EngineCall.GetInfo or EngineCall.ListContainers or EngineCall.FindContainer or EngineCall.ReadConsole
            or EngineCall.FindImage or EngineCall.ListImages or EngineCall.SaveImage or EngineCall.WatchContainers);

    /// <summary>True where the call fails when what it is made on does not exist; of others that is the answer, or what was asked for.</summary>
    public static bool NeedsItsSubject(this CallKind call) => call == EngineCall.SaveImage
        || (call.Changes() && call.Engine is not (EngineCall.RemoveContainer or EngineCall.RemoveImage or EngineCall.LoadImage
            or EngineCall.ImportImage or EngineCall.CreateVolume or EngineCall.RemoveVolume));

    /// <summary>True where the call, carried out twice, would do something twice: a step looks before it makes one again.</summary>
    public static bool IsOnceOnly(this CallKind call) => call.Engine
        is EngineCall.CreateContainer or EngineCall.StartContainer or EngineCall.StopContainer or EngineCall.KillContainer
            or EngineCall.CommitContainer or EngineCall.LoadImage or EngineCall.ImportImage;

    /// <summary>True where the call may find that something stands in its way: it changes something, wherever that is.</summary>
    public static bool MayConflict(this CallKind call) => call.Changes() || call.Network is NetworkCall.Plug;
}
