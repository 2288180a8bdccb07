using NovaDocker.Adapters.Vifs.Commands;

namespace NovaDocker.Adapters.Vifs.Devices;

/// <summary>
/// Keeps a bridge open where a Docker Engine closes it: the Engine lets nothing be forwarded that it does not know
/// (<c>FORWARD</c>, policy <c>DROP</c>), and where the kernel shows bridged packets to iptables that is all traffic between two
/// ports of a bridge. The Engine leaves the chain <c>DOCKER-USER</c> to others.
/// </summary>
/// <param name="tools">The tools.</param>
/// <param name="files">What the kernel shows.</param>
/// <param name="isWanted">False leaves everything as it is.</param>
internal sealed class EngineFilter(NetworkTools tools, KernelFiles files, bool isWanted)
{
    private const string Chain = "DOCKER-USER";

    /// <summary>Sees to it that traffic between the ports of a bridge passes.</summary>
    /// <returns>True where there was nothing to be done.</returns>
    public async Task<bool> OpenAsync(string bridge, CancellationToken cancellationToken)
    {
        var step = $"let traffic between the ports of {bridge} pass the Engine's filter";
        var isUnchanged = true;
        foreach (var tool in await FiltersAsync(step, cancellationToken).ConfigureAwait(false))
        {
            if (await HasRuleAsync(step, tool, bridge, cancellationToken).ConfigureAwait(false))
                continue;
            isUnchanged = false;
            (await RunAsync(step, tool, "--insert", bridge, cancellationToken).ConfigureAwait(false)).OrThrow();
        }

        return isUnchanged;
    }

    /// <summary>Takes the rule of a bridge away.</summary>
    public async Task CloseAsync(string bridge, CancellationToken cancellationToken)
    {
        var step = $"take the rule for {bridge} out of the Engine's filter";
        foreach (var tool in await FiltersAsync(step, cancellationToken).ConfigureAwait(false))
        {
            if (await HasRuleAsync(step, tool, bridge, cancellationToken).ConfigureAwait(false))
                (await RunAsync(step, tool, "--delete", bridge, cancellationToken).ConfigureAwait(false)).OrThrow();
        }
    }

    /// <summary>The families' tools for which there is something to open. Without the tool no Engine has made the chain.</summary>
    private async Task<List<Tool>> FiltersAsync(string step, CancellationToken cancellationToken)
    {
        var found = new List<Tool>();
        foreach (var (tool, isV6) in new[] { (tools.Iptables, false), (tools.Ip6Tables, true) })
        {
            if (!isWanted || !files.IsBridgedTrafficFiltered(isV6) || (tool.Find() is null && !tool.IsPath))
                continue;
            var chain = await tools.RunAsync(step, tool, ["--wait", "--list-rules", Chain], cancellationToken).ConfigureAwait(false);
            if (chain.IsSuccess)
                found.Add(tool);
        }

        return found;
    }

    private async Task<bool> HasRuleAsync(string step, Tool tool, string bridge, CancellationToken cancellationToken) =>
        (await RunAsync(step, tool, "--check", bridge, cancellationToken).ConfigureAwait(false)).IsSuccess;

    private Task<CommandResult> RunAsync(string step, Tool tool, string verb, string bridge, CancellationToken cancellationToken) =>
        tools.RunAsync(
            step, tool,
            [
                "--wait", verb, Chain, "--in-interface", bridge, "--out-interface", bridge, "--match", "physdev", "--physdev-is-bridged",
                "--match", "comment", "--comment", "novadocker", "--jump", "ACCEPT",
            ],
            cancellationToken);
}
