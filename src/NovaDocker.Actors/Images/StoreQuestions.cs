using NovaDocker.Actors.Common;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Images;

/// <summary>What is asked of the image store: which image is meant, and which there are.</summary>
/// <param name="store">The store.</param>
/// <param name="stopping">Cancelled when nobody waits for answers any more.</param>
internal sealed class StoreQuestions(IImageStore store, CancellationToken stopping)
{
    /// <summary>The answer: <see cref="ImageDescription"/> or <see cref="InstanceProtocol.Refused"/>.</summary>
    public async Task<object> ResolveAsync(ResolveImage resolve)
    {
        try
        {
            return new ImageChoice(resolve).Of(await CandidatesAsync(resolve).ConfigureAwait(false));
        }
        catch (ImageStoreException e)
        {
            return new InstanceProtocol.Refused(resolve.InstanceId ?? default, RefusalCode.NoHost, e.Message);
        }
    }

    /// <summary>Which image a pull means, and whether the Engine has it.</summary>
    /// <param name="ask">The pull.</param>
    /// <param name="transfer">What looks into the Engine; null until it was opened.</param>
    public async Task<PullPrepared> PrepareAsync(HostProtocol.PullImage ask, ImageTransfer? transfer)
    {
        var caller = new ImageCaller(ask.Request.Initiator.ProjectId, ask.Token);
        if (await ResolveAsync(new ResolveImage(null, ask.Reference, caller)).ConfigureAwait(false) is var answer
            && answer is not ImageDescription)
            return new PullPrepared(ask, null, null, (InstanceProtocol.Refused)answer, null);
        var image = (ImageDescription)answer;
        try
        {
            var present = transfer is null ? null : await transfer.FindLoadedAsync(image.Id, stopping).ConfigureAwait(false);
            return new PullPrepared(ask, image, present, null, null);
        }
        catch (EngineException e)
        {
            return new PullPrepared(ask, image, null, null, Faults.Of(e));
        }
    }

    /// <summary>One page of the images.</summary>
    public async Task<object> ListAsync(ComputeProtocol.ListImages list)
    {
        try
        {
            var after = list.After?.ToString() ?? "";
            var images = await store.ListAsync(name: null, list.Caller, stopping).ConfigureAwait(false);
            var rest = images
                .Where(image => string.CompareOrdinal(image.Id.ToString(), after) > 0)
                .OrderBy(image => image.Id.ToString(), StringComparer.Ordinal)
                .ToArray();
            var page = Paging.FirstPage(rest, list.Limit, TextOf);
            return new ComputeProtocol.ImagePage(page, page.Count < rest.Length ? page[^1].Id : null);
        }
        catch (ImageStoreException e)
        {
            return new ComputeProtocol.QueryFailed(e.ToFault());
        }
    }

    private async Task<IReadOnlyList<ImageDescription>> CandidatesAsync(ResolveImage resolve)
    {
        if (!ImageId.TryParse(resolve.Reference, out var id))
            return await store.ListAsync(resolve.Reference, resolve.Caller, stopping).ConfigureAwait(false);
        var image = await store.FindAsync(id, resolve.Caller, stopping).ConfigureAwait(false);
        return image is null ? [] : [image];
    }

    private static int TextOf(ImageDescription image) =>
        image.Name.Length + image.Checksum.Length + image.Properties.Sum(entry => entry.Key.Length + entry.Value.Length);
}
