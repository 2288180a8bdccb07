using Akka.Actor;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Images;

/// <summary>Bring an image into the Engine for a pull. How it ends the ledger hears with all other news of the image.</summary>
/// <param name="Pull">The pull, as the ledger has it.</param>
/// <param name="Token">A token that the store may be asked with; null for the host's own credentials.</param>
internal sealed record BringImage(PendingPull Pull, RequestToken? Token) : INoSerializationVerificationNeeded;

/// <summary>News for the ledger: the image is in the Engine.</summary>
internal sealed record ImageIsReady(ImageId ImageId, string Name, StepResult.ImageReady Ready, LoadCause Cause)
    : INoSerializationVerificationNeeded;

/// <summary>News for the ledger: the image could not be brought.</summary>
internal sealed record ImageIsNotReady(ImageId ImageId, string Name, Fault Fault, DateTimeOffset? RetryAt, LoadCause Cause)
    : INoSerializationVerificationNeeded;

/// <summary>News for the ledger: how far an image that is pulled has come.</summary>
internal sealed record PullProgressed(ImageId ImageId, TransferProgress Progress) : INoSerializationVerificationNeeded;

/// <summary>Which image is to be pulled, and is it there? Answered by <see cref="PullPrepared"/>.</summary>
internal sealed record PreparePull(HostProtocol.PullImage Ask) : INoSerializationVerificationNeeded;

/// <summary>What is known of a pull before it is begun.</summary>
/// <param name="Ask">The pull.</param>
/// <param name="Image">The image; null where it was refused.</param>
/// <param name="Present">The image as the Engine has it; null where it does not.</param>
/// <param name="Refusal">Why it is not begun; null where it may be.</param>
/// <param name="Fault">Why the Engine could not be asked; null where it could.</param>
internal sealed record PullPrepared(
    HostProtocol.PullImage Ask,
    ImageDescription? Image,
    LoadedImage? Present,
    InstanceProtocol.Refused? Refusal,
    Fault? Fault) : INoSerializationVerificationNeeded;

/// <summary>
/// Let nobody rely on the image in the Engine until the gate is opened: it may be taken away. Answered by
/// <see cref="GateAnswer"/>.
/// </summary>
internal sealed record CloseGate(ImageId ImageId) : INoSerializationVerificationNeeded;

/// <summary>Whether the gate is closed.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="Need">Why it is not: somebody is about to use the image; null where it is.</param>
internal sealed record GateAnswer(ImageId ImageId, string? Need) : INoSerializationVerificationNeeded;

/// <summary>The image may be relied on again; whoever came meanwhile is served.</summary>
internal sealed record OpenGate(ImageId ImageId) : INoSerializationVerificationNeeded;

/// <summary>What does the ledger say? Answered by <see cref="ImageLedgerState"/>.</summary>
internal sealed class GetLedger : INoSerializationVerificationNeeded
{
    public static readonly GetLedger Instance = new();
}

/// <summary>News for the ledger: what a full look at the Engine showed.</summary>
/// <param name="Present">The images of ours that are there.</param>
/// <param name="Used">Those of them that a container uses.</param>
/// <param name="Revision">The revision of the ledger before the look.</param>
internal sealed record ImagesSeen(IReadOnlySet<ImageId> Present, IReadOnlySet<ImageId> Used, long Revision)
    : INoSerializationVerificationNeeded;

/// <summary>These images are about to be taken away; answered by <see cref="CollectionNoted"/> once that is written down.</summary>
internal sealed record NoteCollection(IReadOnlyCollection<ImageVerdict> Going) : INoSerializationVerificationNeeded;

/// <summary>It is written down.</summary>
internal sealed class CollectionNoted : INoSerializationVerificationNeeded
{
    public static readonly CollectionNoted Instance = new();
}

/// <summary>News for the ledger: how taking an image away ended.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="Fault">Why it is still there; null where it is gone.</param>
internal sealed record CollectionEnded(ImageId ImageId, Fault? Fault) : INoSerializationVerificationNeeded;
