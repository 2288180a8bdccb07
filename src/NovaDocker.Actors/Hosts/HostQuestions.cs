using Akka.Actor;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;

namespace NovaDocker.Actors.Hosts;

/// <summary>Asks many hosts the same, all at once; one that is silent is answered for.</summary>
/// <param name="agents">The hosts that are up.</param>
internal sealed class HostQuestions(IReadOnlyCollection<KeyValuePair<HostId, IActorRef>> agents)
{
    private const string NoAnswer = "The host does not answer.";
    private const string Away = "The host is away at present.";

    private static readonly TimeSpan ViewTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WorkTimeout = TimeSpan.FromSeconds(20);

    /// <summary>The hosts, sorted by name.</summary>
    public async Task<ComputeProtocol.HostList> ListAsync()
    {
        var views = await AskAsync(id => new HostProtocol.GetHost(id), id => Silent(id, NoAnswer), ViewTimeout).ConfigureAwait(false);
        return new ComputeProtocol.HostList(views.OrderBy(view => view.Name, StringComparer.Ordinal).ToEquatableArray());
    }

    /// <summary>Has them compare their Engines with the journal.</summary>
    public async Task<ComputeProtocol.ReconcileReport> ReconcileAsync(bool isDryRun) => new(
        (await AskAsync(
            id => new HostProtocol.ReconcileHost(id, isDryRun),
            id => new HostProtocol.HostReconciled(id, [], 0, NoAnswer),
            WorkTimeout).ConfigureAwait(false)).ToEquatableArray());

    /// <summary>Has them bring an image; <see cref="ComputeProtocol.QueryFailed"/> where there is no host.</summary>
    public async Task<object> PullAsync(ComputeProtocol.PullImage pull) =>
        await ChosenAsync<HostProtocol.ImagePull>(
            pull.HostId,
            id => new HostProtocol.PullImage(id, pull.Request, pull.ImageReference) { Token = pull.Token },
            (id, problem) => new HostProtocol.ImagePull(id, PullState.Failed, null, pull.ImageReference)
            {
                Fault = new Fault(FaultCode.Unavailable, problem),
            }).ConfigureAwait(false) is { } hosts
            ? new ComputeProtocol.ImagePullReport(hosts)
            : NoHost();

    /// <summary>Has them take away images that nobody uses; <see cref="ComputeProtocol.QueryFailed"/> where there is no host.</summary>
    public async Task<object> CollectAsync(ComputeProtocol.CollectImages collect) =>
        await ChosenAsync<HostProtocol.HostImages>(
            collect.HostId,
            id => new HostProtocol.CollectImages(id, collect.DryRun) { Kept = collect.Kept },
            (id, problem) => new HostProtocol.HostImages(id, [], 0, null, problem)).ConfigureAwait(false) is { } hosts
            ? new ComputeProtocol.HostImagesReport(hosts)
            : NoHost();

    /// <summary>Their networks; <see cref="ComputeProtocol.QueryFailed"/> where there is no host.</summary>
    public async Task<object> NetworksAsync(ComputeProtocol.ListNetworks list) =>
        await ChosenAsync<HostProtocol.HostNetworks>(
            list.HostId,
            id => new HostProtocol.GetNetworks(id),
            (id, problem) => new HostProtocol.HostNetworks(id, [], 0, problem)).ConfigureAwait(false) is { } hosts
            ? new ComputeProtocol.NetworksReport(hosts)
            : NoHost();

    /// <summary>What is shown of a host that says nothing itself.</summary>
    public static HostView Silent(HostId id, string problem) =>
        new(id, id.Value, "", EngineState.Unknown, "", "", 0, 0, 0, 0, 0, 0, problem);

    /// <summary>That no host is up.</summary>
    public static ComputeProtocol.QueryFailed NoHost() =>
        new(new Fault(FaultCode.Unavailable, "No compute host is up at present."));

    /// <summary>The answers of one host or of all; null where there is none.</summary>
    private async Task<EquatableArray<T>?> ChosenAsync<T>(HostId? chosen, Func<HostId, object> question, Func<HostId, string, T> silent)
        where T : notnull
    {
        if (chosen is { } id && agents.All(agent => agent.Key != id))
            return [silent(id, Away)];
        if (agents.Count == 0)
            return null;
        var asked = new HostQuestions([.. agents.Where(agent => chosen is null || agent.Key == chosen)]);
        return (await asked.AskAsync(question, host => silent(host, NoAnswer), WorkTimeout).ConfigureAwait(false)).ToEquatableArray();
    }

    /// <summary>The answers, in the order of the hosts' ids.</summary>
    private Task<T[]> AskAsync<T>(Func<HostId, object> question, Func<HostId, T> silent, TimeSpan patience) =>
        Task.WhenAll(agents.OrderBy(agent => agent.Key.Value, StringComparer.Ordinal).Select(async agent =>
        {
            try
            {
                return await agent.Value.Ask<T>(question(agent.Key), patience).ConfigureAwait(false);
            }
            catch (AskTimeoutException)
            {
                return silent(agent.Key);
            }
        }));
}
