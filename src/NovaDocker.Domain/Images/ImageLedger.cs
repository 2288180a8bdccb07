using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Images.ImageLedgerEvents;

namespace NovaDocker.Domain.Images;

/// <summary>What is given to a decision of the ledger from outside.</summary>
/// <param name="Now">The time, UTC.</param>
/// <param name="Host">Whose ledger.</param>
/// <param name="NewId">Makes ids of events.</param>
public sealed record LedgerContext(DateTimeOffset Now, HostId Host, Func<Guid> NewId);

/// <summary>What a host's ledger takes down of what it is told: the decision on each piece of news. Pure.</summary>
public static class ImageLedger
{
    /// <summary>How long after a note of an image's use the next one is made, at least.</summary>
    public static readonly TimeSpan UseNotes = TimeSpan.FromHours(1);

    /// <summary>Somebody wants an image that the Engine does not have. A request that is known already adds nothing.</summary>
    public static EquatableArray<LedgerEvent> OnPull(
        ImageLedgerState state, ImageId image, string name, RequestContext request, LedgerContext context) =>
        state.Pulls.ContainsKey(request.RequestId) || state.EndedPulls.ContainsKey(request.RequestId)
            ? []
            : [new PullRequested(Header(image, name, context), request)];

    /// <summary>
    /// The image is in the Engine for somebody. Where it was there already that is news only to a ledger that did not know, or
    /// knows of another one, and to those who wait for it.
    /// </summary>
    public static EquatableArray<LedgerEvent> OnReady(
        ImageLedgerState state, ImageId image, string name, StepResult.ImageReady ready, LoadCause cause, LedgerContext context)
    {
        var isKnown = state.Images.TryGetValue(image, out var held) && held.EngineImageId == ready.EngineImageId;
        return ready.Bytes == 0 && isKnown && !IsPulled(state, image)
            ? []
            : [new Loaded(Header(image, name, context), ready.EngineImageId, ready.Checksum, ready.Bytes, ready.Source, cause)];
    }

    /// <summary>The image could not be brought.</summary>
    public static EquatableArray<LedgerEvent> OnFailed(
        ImageLedgerState state, ImageId image, string name, Fault fault, DateTimeOffset? retryAt, LoadCause cause,
        LedgerContext context) =>
        // What was called off is no failure, unless a pull waits to be told of an end.
        fault.Code == FaultCode.Cancelled && !IsPulled(state, image)
            ? []
            : [new LoadFailed(Header(image, name, context), fault, retryAt, cause)];

    /// <summary>A full look at the Engine: which of the ledger's images are there, and which of them containers use.</summary>
    /// <param name="state">The ledger.</param>
    /// <param name="present">The images of ours that the Engine has.</param>
    /// <param name="used">Those of them that a container uses.</param>
    /// <param name="askedAt">The revision of the ledger before the look: what was written since, the look may have missed.</param>
    /// <param name="context">Time and host.</param>
    public static EquatableArray<LedgerEvent> OnSeen(
        ImageLedgerState state,
        IReadOnlySet<ImageId> present,
        IReadOnlySet<ImageId> used,
        long askedAt,
        LedgerContext context)
    {
        if (state.Revision != askedAt)
            return [];
        return state.Images.Values
            .OrderBy(held => held.Id.ToString(), StringComparer.Ordinal)
            .Select(LedgerEvent? (held) => present.Contains(held.Id)
                ? UseOf(held, used.Contains(held.Id), context)
                : Missing(held, context))
            .OfType<LedgerEvent>()
            .ToEquatableArray();
    }

    /// <summary>Images are about to be taken away from the Engine; those that the ledger does not know are left out.</summary>
    public static EquatableArray<LedgerEvent> OnCollecting(
        ImageLedgerState state, IEnumerable<ImageVerdict> going, LedgerContext context) =>
        (from verdict in going
         let held = state.Images.GetValueOrDefault(verdict.Image.Id)
         where held is not null && verdict.Reason is not null
         select (LedgerEvent)new CollectionBegun(
             Header(held.Id, held.Name, context), verdict.Reason!.Value, verdict.FreedBytes)).ToEquatableArray();

    /// <summary>How taking an image away ended.</summary>
    public static EquatableArray<LedgerEvent> OnCollectionEnded(
        ImageLedgerState state, ImageId image, Fault? fault, LedgerContext context) =>
        state.Images.GetValueOrDefault(image) is not { Collecting: { } begun } held ? []
        : fault is null ? [Gone(held, begun, context)]
        : [new CollectionFailed(Header(image, held.Name, context), begun.Reason, fault)];

    /// <summary>What is gone and was about to be taken away was taken away: the node was killed before it could say so.</summary>
    private static LedgerEvent Missing(HeldImage held, LedgerContext context) => held.Collecting is { } begun
        ? Gone(held, begun, context)
        : new Vanished(Header(held.Id, held.Name, context));

    private static Collected Gone(HeldImage held, CollectionBegun begun, LedgerContext context) =>
        new(Header(held.Id, held.Name, context), held.EngineImageId, begun.Reason, begun.Bytes);

    private static UseChanged? UseOf(HeldImage held, bool isUsed, LedgerContext context) =>
        held.IsInUse == isUsed || context.Now - held.UseNotedAt < UseNotes
            ? null
            : new UseChanged(Header(held.Id, held.Name, context), isUsed);

    private static bool IsPulled(ImageLedgerState state, ImageId image) =>
        state.Pulls.Values.Any(pull => pull.ImageId == image);

    private static LedgerHeader Header(ImageId image, string name, LedgerContext context) =>
        new(context.NewId(), context.Now, context.Host, image, name);
}
