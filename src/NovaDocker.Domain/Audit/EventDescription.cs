using System.Globalization;
using System.Text;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Audit;

/// <summary>How the history names events, and what it tells of each beside its header.</summary>
public static class EventDescription
{
    /// <summary>The name of an event: what it concerns, then what became of it.</summary>
    public static string Name(InstanceEvent @event) => @event switch
    {
        OperationRequest e => $"{Kebab(e.Verb)}-requested",
        RestartGivenUp => "restart-given-up",
        CommandAnswered { Reply: Refused } e => $"{Kebab(e.Verb)}-refused",
        CommandAnswered { Reply: Accepted } e => $"{Kebab(e.Verb)}-joined",
        CommandAnswered e => $"{Kebab(e.Verb)}-already-done",
        StepStarted e => $"{Kebab(e.Step)}-started",
        StepCompleted e => $"{Kebab(e.Step)}-completed",
        StepFailed e => $"{Kebab(e.Step)}-failed",
        UnwindStarted e => $"{Kebab(e.Verb)}-unwinding",
        OperationCompleted e => $"{Kebab(e.Verb)}-completed",
        OperationFailed e => $"{Kebab(e.Verb)}-failed",
        OperationCancelled e => $"{Kebab(e.Verb)}-cancelled",
        WorkResumed => "work-resumed",
        ContainerExited => "container-exited",
        ContainerLost => "container-lost",
        ContainerDrifted e => $"container-{Kebab(e.Drift)}",
        HealthChanged => "health-changed",
        VifsBroken => "vifs-broken",
        SandboxLost => "sandbox-lost",
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "Not an event of the instance protocol."),
    };

    /// <summary>What the event says beside its header, in camel case. No secret is in it.</summary>
    public static EquatableMap<string> Data(InstanceEvent @event)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (@event)
        {
            case BootRequested e:
                Add(data, e.OperationId);
                Add(data, e.Image);
                BootDescription.Add(data, e.Spec);
                break;
            case RebuildRequested e:
                Add(data, e.OperationId);
                Add(data, e.Image);
                BootDescription.Add(data, e.Spec);
                break;
            case ResizeRequested e:
                Add(data, e.OperationId);
                data["memoryMb"] = Number(e.Size.MemoryMb);
                data["vcpus"] = Number(e.Size.Vcpus);
                break;
            case RescueRequested e:
                Add(data, e.OperationId);
                Add(data, e.Image);
                break;
            case SnapshotRequested e:
                Add(data, e.OperationId);
                Add(data, e.Target);
                break;
            case DeleteRequested e:
                Add(data, e.OperationId);
                if (e.Discarded is { } discarded)
                    Add(data, discarded);
                break;
            case RestartRequested e:
                Add(data, e.OperationId);
                data["cause"] = Kebab(e.Cause);
                data["restart"] = Number(e.Restart);
                data["startAt"] = Time(e.StartAt);
                break;
            case AttachRequested e:
                Add(data, e.OperationId);
                PortDescription.Add(data, e.Vif);
                break;
            case DetachRequested e:
                Add(data, e.OperationId);
                data["port"] = e.Port.ToString();
                break;
            case OperationRequest e:
                Add(data, e.OperationId);
                break;
            case RestartGivenUp e:
                data["cause"] = Kebab(e.Cause);
                data["restarts"] = Number(e.Restarts);
                break;
            case CommandAnswered { Reply: Refused refused }:
                data["reasonCode"] = refused.Code.ToString();
                data["reason"] = refused.Reason;
                break;
            case CommandAnswered { Reply: Accepted accepted }:
                Add(data, accepted.OperationId);
                break;
            case StepStarted e:
                Add(data, e.OperationId, e.Attempt);
                break;
            case StepCompleted e:
                Add(data, e.OperationId, e.Attempt);
                Add(data, e.Result);
                break;
            case StepFailed e:
                Add(data, e.OperationId, e.Attempt);
                Add(data, e.Fault);
                if (e.RetryAt is { } at)
                    data["retryAt"] = Time(at);
                break;
            case UnwindStarted e:
                Add(data, e.OperationId);
                Add(data, e.Fault);
                break;
            case OperationFailed e:
                Add(data, e.OperationId);
                Add(data, e.Fault);
                break;
            case OperationCompleted e:
                Add(data, e.OperationId);
                break;
            case OperationCancelled e:
                Add(data, e.OperationId);
                break;
            case WorkResumed e:
                Add(data, e.OperationId, e.Attempt);
                data["step"] = Kebab(e.Step);
                break;
            case ContainerExited e:
                data["containerId"] = e.ContainerId;
                Add(data, e.Exit);
                break;
            case ContainerLost e:
                data["containerId"] = e.ContainerId;
                break;
            case ContainerDrifted e:
                data["containerId"] = e.ContainerId;
                data["containerName"] = e.Name;
                if (e.RunStartedAt is { } started)
                    data["startedAt"] = Time(started);
                break;
            case VifsBroken e:
                PortDescription.Add(data, e.Problems);
                break;
            case SandboxLost e:
                data["sandboxId"] = e.SandboxId;
                data["removed"] = e.IsRemoved ? "true" : "false";
                break;
            case HealthChanged e:
                data["containerId"] = e.ContainerId;
                data["health"] = Kebab(e.Health);
                break;
        }

        if (@event is OperationRequest { Terms: var terms })
            TermsDescription.Add(data, terms);
        return new EquatableMap<string>(data);
    }

    /// <summary>An enumeration's member in lower case with hyphens: <c>CreateContainer</c> becomes <c>create-container</c>.</summary>
    public static string Kebab<T>(T member)
        where T : struct, Enum
    {
        var name = member.ToString();
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    private static void Add(Dictionary<string, string> data, ResolvedImage image)
    {
        data["imageId"] = image.Id.ToString();
        data["imageName"] = image.Name;
        if (image.Checksum.Length > 0)
            data["imageChecksum"] = image.Checksum;
        foreach (var (name, value) in image.Properties)
            data[$"imageProperties.{name}"] = value;
    }

    private static void Add(Dictionary<string, string> data, OperationId id, int attempt)
    {
        Add(data, id);
        data["attempt"] = Number(attempt);
    }

    private static void Add(Dictionary<string, string> data, OperationId id) => data["operationId"] = id.ToString();

    private static void Add(Dictionary<string, string> data, Fault fault)
    {
        data["reasonCode"] = fault.Code.ToString();
        data["reason"] = fault.Message;
    }

    private static void Add(Dictionary<string, string> data, SnapshotTarget target)
    {
        data["snapshotImageId"] = target.ImageId.ToString();
        data["snapshotName"] = target.Name;
        data["paused"] = target.PauseContainer ? "true" : "false";
    }

    private static void Add(Dictionary<string, string> data, ContainerExit exit)
    {
        data["exitCode"] = Number(exit.ExitCode);
        data["outOfMemory"] = exit.OutOfMemory ? "true" : "false";
        data["finishedAt"] = Time(exit.FinishedAt);
        if (exit.Signal is { } signal)
            data["signal"] = Number(signal);
        if (exit.Output.Length > 0)
            data["output"] = exit.Output;
    }

    private static void Add(Dictionary<string, string> data, StepResult result)
    {
        switch (result)
        {
            case StepResult.SandboxReady r:
                data["sandboxId"] = r.SandboxId;
                data["adopted"] = r.Adopted ? "true" : "false";
                data["startedAt"] = Time(r.StartedAt);
                break;
            case StepResult.VifsPlugged r:
                PortDescription.Add(data, r.Vifs);
                break;
            case StepResult.VifsAwaited r:
                data["vifPlugging"] = Kebab(r.Outcome);
                if (r.Detail.Length > 0)
                    data["detail"] = r.Detail;
                break;
            case StepResult.ImageReady r:
                data["engineImageId"] = r.EngineImageId;
                data["source"] = r.Source;
                data["bytes"] = Number(r.Bytes);
                if (r.Checksum.Length > 0)
                    data["checksum"] = r.Checksum;
                if (r.Defaults.Values.Count > 0)
                    data["imageSets"] = string.Join(' ', r.Defaults.Values.Keys);
                break;
            case StepResult.ContainerCreated r:
                data["containerId"] = r.ContainerId;
                data["adopted"] = r.Adopted ? "true" : "false";
                break;
            case StepResult.ContainerStarted r:
                data["startedAt"] = Time(r.RunStartedAt);
                if (r.Exit is { } ended)
                    Add(data, ended);
                break;
            case StepResult.ContainerStopped { Exit: { } exit }:
                Add(data, exit);
                break;
            case StepResult.SnapshotCommitted r:
                data["engineImageId"] = r.EngineImageId;
                data["adopted"] = r.Adopted ? "true" : "false";
                break;
            case StepResult.SnapshotUploaded r:
                data["checksum"] = r.Checksum;
                data["bytes"] = Number(r.Bytes);
                break;
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
