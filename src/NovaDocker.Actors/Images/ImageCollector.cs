using Akka.Actor;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;

namespace NovaDocker.Actors.Images;

/// <summary>
/// One collection: looks, decides by <see cref="ImageCollection"/>, closes the gates of what is to go, looks once more, writes down
/// what it is about to do, and takes away. Who comes to a closed gate waits, and has the image brought again.
/// </summary>
/// <remarks>
/// Images that rest are left alone: the Engine refused to let them go a while ago. So are those that whoever asks wants kept.
/// </remarks>
internal sealed class ImageCollector(
    IContainerEngine engine,
    HostImageLook look,
    HostId host,
    IActorRef images,
    IActorRef ledger,
    CollectionRules rules,
    IReadOnlySet<ImageId> resting,
    IReadOnlySet<ImageId> kept,
    TimeProvider time)
{
    private const string Refused = "The Engine did not let it go when that was tried last; it is tried again after a while.";
    private const string Wanted = "Who asked for the collection uses it.";
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    /// <summary>Carries it out.</summary>
    /// <param name="isDryRun">True only tells.</param>
    /// <param name="isDemanded">True takes away all that nobody uses, whatever the rules say of age and room.</param>
    /// <param name="cancellationToken">Ends it between two images.</param>
    public async Task<HostProtocol.HostImages> CollectAsync(
        bool isDryRun, bool isDemanded, CancellationToken cancellationToken)
    {
        var known = await ledger.Ask<ImageLedgerState>(GetLedger.Instance, AnswerTime, cancellationToken).ConfigureAwait(false);
        var seen = await look.LookAsync(known, cancellationToken).ConfigureAwait(false);
        ledger.Tell(seen.ForLedger(known.Revision));
        var plan = ImageCollection.Plan(seen.Images, seen.Disk, rules, time.GetUtcNow(), isDemanded);
        var fates = plan.Where(verdict => IsGoing(verdict) && IsLeftAlone(verdict.Image.Id)).ToDictionary(
            verdict => verdict.Image.Id, verdict => (ImageFate.Stays, kept.Contains(verdict.Image.Id) ? Wanted : Refused));
        var going = plan.Where(verdict => IsGoing(verdict) && !IsLeftAlone(verdict.Image.Id)).ToArray();
        if (!isDryRun && going.Length > 0)
            await TakeAwayAsync(known, going, fates, cancellationToken).ConfigureAwait(false);

        var views = plan.Select(verdict => ViewOf(verdict, fates)).ToArray();
        return new HostProtocol.HostImages(
            host, views.Take(HostProtocol.MaxImages).ToEquatableArray(), Math.Max(0, views.Length - HostProtocol.MaxImages),
            seen.Disk, null);
    }

    private bool IsLeftAlone(ImageId image) => resting.Contains(image) || kept.Contains(image);

    private static bool IsGoing(ImageVerdict verdict) => verdict.Reason is not null;

    private async Task TakeAwayAsync(
        ImageLedgerState known,
        IReadOnlyList<ImageVerdict> going,
        Dictionary<ImageId, (ImageFate Fate, string Why)> fates,
        CancellationToken cancellationToken)
    {
        var asked = new List<ImageId>();
        var closed = new HashSet<ImageId>();
        try
        {
            foreach (var verdict in going)
            {
                asked.Add(verdict.Image.Id);
                var answer = await images.Ask<GateAnswer>(new CloseGate(verdict.Image.Id), AnswerTime, cancellationToken)
                    .ConfigureAwait(false);
                if (answer.Need is { } need)
                    fates[verdict.Image.Id] = (ImageFate.Stays, need);
                else
                    closed.Add(verdict.Image.Id);
            }

            // Whoever relied on an image before its gate was closed shows by now.
            var again = await look.LookAsync(known, cancellationToken).ConfigureAwait(false);
            var needed = ImageCollection.Plan(again.Images, null, rules, time.GetUtcNow(), isDemanded: true)
                .Where(verdict => !IsGoing(verdict)).ToDictionary(verdict => verdict.Image.Id, verdict => verdict.Why);
            var last = going.Where(verdict => closed.Contains(verdict.Image.Id) && !needed.ContainsKey(verdict.Image.Id)).ToArray();
            foreach (var id in closed.Where(needed.ContainsKey))
                fates[id] = (ImageFate.Stays, needed[id]);

            await ledger.Ask<CollectionNoted>(new NoteCollection(last), AnswerTime, cancellationToken).ConfigureAwait(false);
            foreach (var verdict in last)
                fates[verdict.Image.Id] = await RemoveAsync(verdict, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also of those that did not answer in time: their gates may be closed all the same.
            foreach (var id in asked)
                images.Tell(new OpenGate(id));
        }
    }

    private async Task<(ImageFate Fate, string Why)> RemoveAsync(ImageVerdict verdict, CancellationToken cancellationToken)
    {
        try
        {
            await engine.RemoveImageAsync(ImageTags.ForImage(verdict.Image.Id), cancellationToken).ConfigureAwait(false);
            ledger.Tell(new CollectionEnded(verdict.Image.Id, null));
            return (ImageFate.Gone, verdict.Why);
        }
        catch (EngineException e)
        {
            ledger.Tell(new CollectionEnded(verdict.Image.Id, e.ToFault()));
            return (ImageFate.Failed, e.Message);
        }
    }

    private static HostImageView ViewOf(
        ImageVerdict verdict, Dictionary<ImageId, (ImageFate Fate, string Why)> fates)
    {
        var image = verdict.Image;
        var (fate, why) = fates.TryGetValue(image.Id, out var told)
            ? told
            : (IsGoing(verdict) ? ImageFate.WouldGo : ImageFate.Stays, verdict.Why);
        var goes = fate is ImageFate.Gone or ImageFate.WouldGo;
        return new HostImageView(
            image.Id, image.Name, image.EngineImageId, image.Bytes,
            image.IsInLedger ? image.LoadedAt : null, image.IsInLedger ? image.LastUsed : null, image.Instances,
            fate, goes || fate == ImageFate.Failed ? verdict.Reason : null, goes ? verdict.FreedBytes : 0, why);
    }
}
