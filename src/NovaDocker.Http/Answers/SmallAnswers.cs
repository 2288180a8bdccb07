using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;

namespace NovaDocker.Http.Answers;

/// <summary>The versions of the API that are spoken.</summary>
internal sealed record VersionsAnswer(IReadOnlyList<VersionAnswer> Versions);

/// <summary>A version of the API.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Status"><c>current</c>.</param>
/// <param name="Links">Where it begins, and what describes it.</param>
internal sealed record VersionAnswer(string Id, string Status, IReadOnlyList<LinkAnswer> Links);

/// <summary>Where something is found.</summary>
internal sealed record LinkAnswer(string Rel, string Href);

/// <summary>How the node is.</summary>
/// <param name="Status"><c>ok</c> or <c>degraded</c>.</param>
/// <param name="Engine">What it believes of its Engine.</param>
/// <param name="Journal"><c>ok</c> or <c>away</c>.</param>
/// <param name="Problems">What is wrong, a sentence each.</param>
internal sealed record HealthAnswer(string Status, string Engine, string Journal, IReadOnlyList<string> Problems);

/// <summary>The last that an instance's process wrote.</summary>
/// <param name="Text">Standard output and error as written.</param>
/// <param name="Truncated">True where the beginning was left out for its length.</param>
internal sealed record ConsoleAnswer(string Text, bool Truncated);

/// <summary>Events of an instance, as <c>novadocker history --json</c> has them.</summary>
/// <param name="Entries">In order of sequence number.</param>
/// <param name="Next">What to ask for the next ones after; null where there is nothing more yet.</param>
internal sealed record HistoryAnswer(IReadOnlyList<HistoryRow> Entries, long? Next);

/// <summary>What instances did by themselves.</summary>
/// <param name="Events">In order.</param>
/// <param name="Next">What to ask for the next ones after.</param>
internal sealed record LifecycleAnswer(IReadOnlyList<LifecycleEventAnswer> Events, long Next)
{
    public static LifecycleAnswer Of(ComputeProtocol.LifecyclePage page) => new(
        [
            .. page.Events.Select(e => new LifecycleEventAnswer(
                e.Cursor, e.InstanceId.ToString(), EventDescription.Kebab(e.Transition), e.OccurredAt.UtcDateTime, e.Reason)),
        ],
        page.Next);
}

/// <summary>Something that an instance did by itself.</summary>
internal sealed record LifecycleEventAnswer(long Cursor, string InstanceId, string Transition, DateTime OccurredAt, string Reason);

/// <summary>Where the pull of an image stands.</summary>
/// <param name="State"><c>pulling</c>, <c>ready</c>, <c>failed</c> or <c>refused</c>.</param>
/// <param name="ImageId">The image; null where it is not known.</param>
/// <param name="Name">Its name, or what was asked for.</param>
/// <param name="Problem">Why it failed or was refused; null where it was neither.</param>
internal sealed record PullAnswer(string State, string? ImageId, string Name, string? Problem)
{
    public static PullAnswer Of(HostProtocol.ImagePull pull) => new(
        pull.State switch
        {
            PullState.Present or PullState.Pulled => "ready",
            var state => EventDescription.Kebab(state),
        },
        pull.ImageId?.ToString(), pull.Name, pull.Fault?.Message ?? (pull.Refusal is null ? null : pull.RefusalReason));
}

/// <summary>What became of the images in the Engine.</summary>
/// <param name="Removed">Those that were taken away.</param>
/// <param name="Kept">Those that stay.</param>
internal sealed record CollectAnswer(IReadOnlyList<CollectedImageAnswer> Removed, IReadOnlyList<CollectedImageAnswer> Kept);

/// <summary>An image in the Engine.</summary>
/// <param name="ImageId">Its id.</param>
/// <param name="Name">Its name; empty where that is not known.</param>
/// <param name="Bytes">Its size on disk.</param>
/// <param name="Reason">Why it went, or stays, in a sentence.</param>
internal sealed record CollectedImageAnswer(string ImageId, string Name, long Bytes, string Reason)
{
    public static CollectedImageAnswer Of(HostImageView image) => new(image.ImageId.ToString(), image.Name, image.Bytes, image.Why);
}
