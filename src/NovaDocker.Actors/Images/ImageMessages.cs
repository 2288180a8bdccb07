using Akka.Actor;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Images;

/// <summary>Bring an image into the Engine. Answered by <see cref="TransferProgressed"/> now and then, and by <see cref="ImageLoaded"/>.</summary>
internal sealed record LoadImage(ImageId ImageId) : INoSerializationVerificationNeeded;

/// <summary>Bring a snapshot into the store. Answered by <see cref="TransferProgressed"/> now and then, and by <see cref="StepFinished"/>.</summary>
internal sealed record SaveSnapshot(HostProtocol.RunStep Step) : INoSerializationVerificationNeeded;

/// <summary>Stop a transfer that was asked for by the sender. It is answered all the same.</summary>
internal sealed class StopTransfer : INoSerializationVerificationNeeded
{
    public static readonly StopTransfer Instance = new();
}

/// <summary>How far a transfer has come.</summary>
internal sealed record TransferProgressed(TransferProgress Progress) : INoSerializationVerificationNeeded;

/// <summary>How loading an image ended.</summary>
/// <param name="Result">The image; null where it failed.</param>
/// <param name="Fault">Why it failed; null where it did not.</param>
internal sealed record ImageLoaded(StepResult.ImageReady? Result, Fault? Fault) : INoSerializationVerificationNeeded;
