using Akka.Actor;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Networks;

/// <summary>The steps that concern ports: what is plugged into which namespace, in what order, and what is taken back where one fails.</summary>
/// <param name="engine">Where the namespace is learnt from.</param>
/// <param name="host">Whose ports they are.</param>
/// <param name="ownerOf">The owner of a port's network.</param>
internal sealed class VifSteps(IContainerEngine? engine, HostIdentity host, Func<Vif, IActorRef> ownerOf)
{
    /// <summary>Plugs the ports that a step concerns. Where one cannot be, those that this call plugged are taken back.</summary>
    public async Task<StepResult> PlugAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        var concerned = Concerned(step).ToList();
        if (concerned.Count == 0)
            return new StepResult.VifsPlugged([]);
        var path = await NamespaceAsync(step, cancellationToken).ConfigureAwait(false);
        var plans = step.Ports.Zip(InterfacePlan.For(step.Ports)).ToDictionary(pair => pair.Item1.Vif.Id, pair => pair.Item2);
        var owner = new VifOwner(host.Id, step.InstanceId);
        var done = new List<PluggedVif>();
        try
        {
            foreach (var port in concerned)
            {
                var plug = new VifPlug(port.Vif, owner, plans[port.Vif.Id], path);
                var answer = await AskAsync(port.Vif, new PlugPort(plug, cancellationToken)).ConfigureAwait(false);
                done.Add(new PluggedVif(port.Vif.Id, port.Vif.Device, port.Interface, answer.Adopted));
            }
        }
        catch
        {
            // The deadline that ended this must not end the taking back.
            foreach (var port in concerned.Take(done.Count).Where((_, i) => !done[i].Adopted).Reverse())
                await ownerOf(port.Vif)
                    .Ask<PortDone>(new UnplugPort(port.Vif, owner, CancellationToken.None), CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        return new StepResult.VifsPlugged(done.ToEquatableArray());
    }

    /// <summary>Takes the ports that a step concerns away from the host; all of them are tried.</summary>
    public async Task<StepResult> UnplugAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        var owner = new VifOwner(host.Id, step.InstanceId);
        Exception? first = null;
        foreach (var port in Concerned(step))
        {
            var answer = await ownerOf(port.Vif)
                .Ask<PortDone>(new UnplugPort(port.Vif, owner, cancellationToken), CancellationToken.None).ConfigureAwait(false);
            first ??= answer.Failure;
        }

        return first is null ? new StepResult.Done() : throw first;
    }

    private static IEnumerable<InstancePort> Concerned(HostProtocol.RunStep step) =>
        step.Port is { } only && step.Ports.Any(port => port.Vif.Id == only)
            ? step.Ports.Where(port => port.Vif.Id == only)
            : step.Ports;

    private async Task<PortDone> AskAsync(Vif vif, PlugPort plug)
    {
        var answer = await ownerOf(vif).Ask<PortDone>(plug).ConfigureAwait(false);
        return answer.Failure is { } failure ? throw failure : answer;
    }

    /// <summary>
    /// The namespace that the instance's process is in, or will be. Usually the sandbox's; where that ended, or was started
    /// anew, under a process that runs, it is the one that the process keeps.
    /// </summary>
    private async Task<string> NamespaceAsync(HostProtocol.RunStep step, CancellationToken cancellationToken)
    {
        if (engine is null)
            throw new EngineException(EngineErrorKind.Unavailable, "The Engine's connection is not open yet.");
        var sandbox = step.SandboxId is { } id
            ? await engine.FindContainerAsync(id, cancellationToken).ConfigureAwait(false)
            : null;
        var container = step.ContainerId is { } running
            ? await engine.FindContainerAsync(running, cancellationToken).ConfigureAwait(false)
            : null;
        if (sandbox is { IsRunning: true, NamespacePath: { } path }
            && (container is not { IsRunning: true } || sandbox.StartedAt <= container.StartedAt))
            return path;
        if (container is { IsRunning: true, Pid: > 0 })
            return $"/proc/{container.Pid}/ns/net";
        throw new EngineException(
            EngineErrorKind.Transient, $"The sandbox of instance {step.InstanceId} does not run, so there is no namespace to plug into.");
    }
}
