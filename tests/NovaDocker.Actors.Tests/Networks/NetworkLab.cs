using System.Collections.Immutable;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Docker.Sandboxes;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Instances;
using NovaDocker.Actors.Networks;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using NovaDocker.Testing;
using Xunit.Abstractions;

namespace NovaDocker.Actors.Tests.Networks;

/// <summary>The networks of a host over devices and an Engine in memory; the test is the host agent and the instances.</summary>
public abstract class NetworkLab : TestKit
{
    private readonly Lazy<IActorRef> _networks;

    private protected NetworkLab(ITestOutputHelper output)
        : base(TestSystem.Config, "networks", output)
    {
        Agent = CreateTestProbe("agent");
        Region = CreateTestProbe("region");
        Engine.AddImage(Sample.Archive with { Tags = [NovaDocker.Actors.Images.ImageTags.ForImage(Sample.Image.Id)] });
        _networks = new Lazy<IActorRef>(() =>
        {
            var networks = Sys.ActorOf(Parent.Props(
                NetworkSupervisor.Props(new NetworkKit(
                    Network, Settings, Instances, new HostSettings { OrphanGrace = Grace }, Sample.Identity, Region,
                    () => FindInstances(), Time)),
                Agent));
            networks.Tell(new EngineOpened(Engine), ActorRefs.NoSender);
            return networks;
        });
    }

    private protected static TimeSpan Grace { get; } = TimeSpan.FromMinutes(10);

    private protected FakeHostNetwork Network { get; } = new();

    private protected FakeContainerEngine Engine { get; } = new();

    private protected ManualTime Time { get; } = new();

    private protected TestProbe Agent { get; }

    private protected TestProbe Region { get; }

    /// <summary>Nothing is looked at by itself, unless a test says how often.</summary>
    private protected NetworkSettings Settings { get; set; } = Sample.NetworkSettings with { VerifyInterval = TimeSpan.FromHours(1) };

    private protected InstanceSettings Instances { get; set; } = Sample.Settings;

    /// <summary>What the instances say.</summary>
    private protected Func<Task<ImmutableArray<InstanceView>>> FindInstances { get; set; } =
        () => Task.FromResult(ImmutableArray<InstanceView>.Empty);

    private protected IActorRef Networks => _networks.Value;

    private protected IEnumerable<NetworkCall> CallsAbout(string subject) =>
        Network.Calls.Where(call => call.Subject == subject).Select(call => call.Call);

    /// <summary>Lets calls fail before they do anything.</summary>
    private protected void Fail(NetworkCall call, string subject, FaultCode code = FaultCode.Transient) =>
        Network.Before = (which, about, _) => which == call && about == subject
            ? Task.FromException(new VifException(code, $"{call} {subject}", "by order"))
            : Task.CompletedTask;

    /// <summary>Holds calls before they do anything, until they are released or called off.</summary>
    private protected (Task Reached, TaskCompletionSource Release) Hold(NetworkCall call, string subject)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Network.Before = (which, about, token) =>
        {
            if (which != call || about != subject)
                return Task.CompletedTask;
            reached.TrySetResult();
            return released.Task.WaitAsync(token);
        };
        return (reached.Task, released);
    }

    /// <summary>A sandbox that runs, and the step for it as it would be for the ports.</summary>
    private protected async Task<HostProtocol.RunStep> WithSandboxAsync(HostProtocol.RunStep step)
    {
        var ready = (StepResult.SandboxReady)await new SandboxSteps(Engine, Sample.Identity)
            .CreateAsync(step with { Step = StepKind.CreateSandbox }, CancellationToken.None);
        return step with { SandboxId = ready.SandboxId };
    }

    private protected string NamespaceOf(string container) =>
        Engine.Containers.Single(candidate => candidate.Id == container).NamespacePath!;

    /// <summary>Has a step done, with a sandbox there, and returns its end.</summary>
    private protected async Task<StepFinished> RunAsync(HostProtocol.RunStep step)
    {
        Networks.Tell(step.SandboxId is null && step.Step == StepKind.PlugVifs ? await WithSandboxAsync(step) : step, ActorRefs.NoSender);
        return await EndAsync();
    }

    private protected Task<StepFinished> PlugAsync(long revision, params Vif[] vifs) =>
        RunAsync(Ports.Step(StepKind.PlugVifs, revision, null, vifs));

    private protected Task<StepFinished> UnplugAsync(long revision, params Vif[] vifs) =>
        RunAsync(Ports.Step(StepKind.UnplugVifs, revision, null, vifs));

    private protected async Task<StepFinished> EndAsync() =>
        (StepFinished)await Agent.FishForMessageAsync(message => message is StepFinished);

    /// <summary>Has the devices compared with what the instances say.</summary>
    private protected async Task<NetworkCompared> CompareAsync(bool isDryRun, params InstanceView[] views)
    {
        Networks.Tell(new CompareNetwork([.. views], isDryRun));
        return await ExpectMsgAsync<NetworkCompared>();
    }
}
