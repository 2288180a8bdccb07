using Akka.Actor;
using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Images;

/// <summary>A transfer of image bytes that a worker is to carry out.</summary>
internal abstract record TransferJob : INoSerializationVerificationNeeded
{
    /// <summary>What tells it from others, however often it is asked for.</summary>
    public abstract object Key { get; }

    /// <summary>Carries it out.</summary>
    public abstract Task<object> RunAsync(
        ImageTransfer transfer, IImageStore store, IProgress<TransferProgress> progress, CancellationToken cancellationToken);

    /// <summary>The message that says how far it has come.</summary>
    public abstract object Progressed(TransferProgress progress);

    /// <summary>The message that says why it failed.</summary>
    public abstract object Failed(Fault fault);
}

/// <summary>Bring an image into the Engine; ends with <see cref="ImageLoaded"/>.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="Token">A token that the store may be asked with; null for the host's own credentials.</param>
/// <param name="Disk">Where it must fit.</param>
internal sealed record LoadImage(ImageId ImageId, RequestToken? Token, EngineDisk Disk) : TransferJob
{
    /// <inheritdoc/>
    public override object Key => ImageId;

    /// <inheritdoc/>
    public override async Task<object> RunAsync(
        ImageTransfer transfer, IImageStore store, IProgress<TransferProgress> progress, CancellationToken cancellationToken)
    {
        // Whether the instance's project may have it was judged when the boot was accepted.
        var caller = ImageCaller.Nobody with { Token = Token };
        var image = await store.FindAsync(ImageId, caller, cancellationToken).ConfigureAwait(false)
            ?? throw new ImageStoreException(
                FaultCode.NotFound, $"Image {ImageId} is neither in the Engine nor in the image store any more.");
        if (ImageUse.Problem(image) is { } problem)
            throw new ImageStoreException(problem.Code, problem.Message);
        using var room = await Disk.TakeAsync(image, cancellationToken).ConfigureAwait(false);
        var loaded = await transfer.LoadAsync(image, caller, progress, cancellationToken).ConfigureAwait(false);
        return new ImageLoaded(loaded.ToResult(image), null);
    }

    /// <inheritdoc/>
    public override object Progressed(TransferProgress progress) => new ImageProgressed(progress);

    /// <inheritdoc/>
    public override object Failed(Fault fault) => new ImageLoaded(null, fault);
}

/// <summary>Bring a snapshot into the store; ends with <see cref="StepFinished"/>.</summary>
/// <param name="Step">The step.</param>
/// <param name="Caller">On whose behalf.</param>
internal sealed record SaveSnapshot(HostProtocol.RunStep Step, ImageCaller Caller) : TransferJob
{
    /// <inheritdoc/>
    public override object Key => KeyOf(Step);

    private const string InstanceProperty = "instance_uuid";

    /// <inheritdoc/>
    public override async Task<object> RunAsync(
        ImageTransfer transfer, IImageStore store, IProgress<TransferProgress> progress, CancellationToken cancellationToken)
    {
        var target = Step.Snapshot!;
        if (await store.FindAsync(target.ImageId, Caller, cancellationToken).ConfigureAwait(false) is { } taken && !IsOf(taken, Step))
        {
            throw new ImageStoreException(
                FaultCode.Conflict, $"Image {target.ImageId} is in the store already and is no snapshot of this instance.");
        }

        var saved = await transfer.SaveAsync(
            ImageTags.ForSnapshot(target.ImageId),
            new NewImage(target.ImageId, target.Name, Properties(Step)) { IsTriedAgain = true }, Caller, progress,
            cancellationToken).ConfigureAwait(false);
        return new StepFinished(Step, new StepResult.SnapshotUploaded(saved.Checksum, saved.SizeBytes), null);
    }

    /// <inheritdoc/>
    public override object Progressed(TransferProgress progress) =>
        new HostProtocol.StepProgressed(Step.InstanceId, Step.Token, progress);

    /// <inheritdoc/>
    public override object Failed(Fault fault) => StepFinished.Failed(Step, fault);

    /// <summary>True where the image is a snapshot of the step's instance: an id alone, which a commander chooses, proves nothing.</summary>
    public static bool IsOf(ImageDescription image, HostProtocol.RunStep step) =>
        image.Properties.TryGetValue(InstanceProperty, out var instance) && instance == step.InstanceId.ToString();

    /// <summary>What tells the transfer of a step from others.</summary>
    public static object KeyOf(HostProtocol.RunStep step) => (step.InstanceId, step.Token);

    /// <summary>The properties that nova-docker gave a snapshot (<c>driver.py: snapshot</c>), and where it came from.</summary>
    private static EquatableMap<string> Properties(HostProtocol.RunStep step) => new(new Dictionary<string, string>
    {
        ["base_image_ref"] = step.Image.Id.ToString(),
        ["container_format"] = "docker",
        ["disk_format"] = "raw",
        ["image_location"] = "snapshot",
        ["image_state"] = "available",
        [InstanceProperty] = step.InstanceId.ToString(),
        ["owner_id"] = step.Owner.ProjectId,
        ["user_id"] = step.Owner.UserId,
    });
}

/// <summary>How far loading an image has come.</summary>
internal sealed record ImageProgressed(TransferProgress Progress) : INoSerializationVerificationNeeded;

/// <summary>How loading an image ended.</summary>
/// <param name="Result">The image; null where it failed.</param>
/// <param name="Fault">Why it failed; null where it did not.</param>
internal sealed record ImageLoaded(StepResult.ImageReady? Result, Fault? Fault) : INoSerializationVerificationNeeded;
