using System.Collections.Immutable;
using Akka.Actor;
using NovaDocker.Actors.Networks;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using NovaDocker.Testing;
using Xunit.Abstractions;

namespace NovaDocker.Actors.Tests.Networks;

/// <summary>What is seen of ports that came loose.</summary>
public sealed class VerificationSpecs(ITestOutputHelper output) : NetworkLab(output)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);
    private static readonly Vif[] Two = [Ports.Vif(1), Ports.Vif(2)];

    [Fact]
    public async Task A_device_that_somebody_deletes_is_told_to_its_instance()
    {
        LooksOften();
        await PlugAsync(3, Two);

        Network.Delete(Two[1].Device);

        var report = await Region.ExpectMsgAsync<InstanceProtocol.ReportVifsBroken>();
        Assert.Equal(Sample.Id, report.InstanceId);
        Assert.Equal(new VifProblem(Two[1].Id, $"{Two[1].Device} is gone"), Assert.Single(report.Problems));
    }

    [Fact]
    public async Task Nothing_is_told_while_a_step_of_the_instance_runs()
    {
        LooksOften();
        await PlugAsync(3, Two);
        var (reached, release) = Hold(NetworkCall.Plug, Two[0].Device);
        Networks.Tell(await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 5, null, Two)), ActorRefs.NoSender);
        await Eventually.CompletesAsync(reached, "the port is being plugged");
        Network.Delete(Two[1].Device);

        await LooksAsync(3);
        Assert.False(Region.HasMessages);

        release.SetResult();
        await EndAsync();
        await LooksAsync(3);
        Assert.False(Region.HasMessages);
    }

    [Fact]
    public async Task A_look_from_before_a_step_says_nothing_about_what_the_step_mended()
    {
        await PlugAsync(3, Two);
        Network.Delete(Two[0].Device);
        var looked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Network.After = (call, _, _) =>
        {
            if (call != NetworkCall.Look)
                return Task.CompletedTask;
            looked.TrySetResult();
            return answer.Task;
        };
        Networks.Tell(new CompareNetwork([], IsDryRun: false));
        await Eventually.CompletesAsync(looked.Task, "the look has seen it");

        await PlugAsync(5, Two);
        answer.SetResult();

        Assert.Empty((await ExpectMsgAsync<NetworkCompared>()).Findings);
        Assert.False(Region.HasMessages);
    }

    [Fact]
    public async Task A_comparison_without_a_look_says_why()
    {
        Network.Before = (call, subject, _) => call == NetworkCall.Look
            ? Task.FromException(new VifException(FaultCode.Transient, "look at the host's network", "ip is away"))
            : Task.CompletedTask;

        var compared = await CompareAsync(isDryRun: false);

        Assert.Empty(compared.Findings);
        Assert.Contains("ip is away", compared.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_start_what_is_looked_after_is_learnt_from_the_instances()
    {
        LooksOften();
        var (running, stopped, booting) = (Sample.NewId(), Sample.NewId(), Sample.NewId());
        FindInstances = () => Task.FromResult<ImmutableArray<InstanceView>>(
        [
            Ports.View(running, 9, InstancePhase.Active, [.. Ports.Of(Ports.Vif(1))]),
            Ports.View(stopped, 9, InstancePhase.Stopped, [.. Ports.Of(Ports.Vif(2), Ports.Vif(3)).Select((port, i) => port with { IsPlugged = i == 0 })]),
            StubRegion.Booting(Sample.Boot(booting)) with { Ports = Ports.Of(Ports.Vif(4)) },
        ]);

        Assert.NotNull(Networks);

        var told = await TakeAsync(2);
        Assert.Equal(
            new[] { (running, Ports.Id(1)), (stopped, Ports.Id(2)) }.ToHashSet(),
            told.Select(report => (report.InstanceId, report.Problems.Single().Port)).ToHashSet());
        Network.Before = (call, _, _) => call == NetworkCall.Look ? throw new VifException(FaultCode.Transient, "look", "no") : Task.CompletedTask;
    }

    [Fact]
    public async Task Ports_that_were_unplugged_are_looked_after_no_longer()
    {
        LooksOften();
        await PlugAsync(3, Two);
        await RunAsync(Ports.Step(StepKind.UnplugVifs, 5, null, Two) with { Port = Two[0].Id });
        await LooksAsync(3);
        Assert.False(Region.HasMessages);

        Network.Delete(Two[1].Device);

        var report = await Region.ExpectMsgAsync<InstanceProtocol.ReportVifsBroken>();
        Assert.Equal(Two[1].Id, Assert.Single(report.Problems).Port);
    }

    [Fact]
    public async Task A_look_that_fails_is_no_news_of_any_port()
    {
        await PlugAsync(3, Two);
        Network.Delete(Two[0].Device);
        Network.Before = (call, _, _) => call == NetworkCall.Look
            ? Task.FromException(new VifException(FaultCode.Transient, "look", "no answer"))
            : Task.CompletedTask;

        Assert.Empty((await CompareAsync(isDryRun: false)).Findings);

        Assert.False(Region.HasMessages);
    }

    [Fact]
    public async Task What_an_instance_said_before_its_port_was_unplugged_brings_the_port_not_back()
    {
        await PlugAsync(3, Two);
        var said = Ports.View(Sample.Id, 4, InstancePhase.Active, [.. Ports.Of(Two).Select(port => port with { IsPlugged = true })]);
        await UnplugAsync(7, Two);

        var compared = await CompareAsync(isDryRun: false, said);

        Assert.Empty(compared.Findings);
        Assert.False(Region.HasMessages);
    }

    [Fact]
    public async Task Counters_are_read_and_a_port_without_a_device_has_none()
    {
        await PlugAsync(3, Two);
        Network.Delete(Two[1].Device);

        Networks.Tell(new HostProtocol.ReadCounters(Sample.Host, Sample.Id, Ports.Of(Two)));

        var read = await ExpectMsgAsync<InstanceProtocol.Diagnostics>();
        Assert.Equal([("eth0", true), ("eth1", false)], read.Ports.Select(port => (port.Interface, port.Counters is not null)));
    }

    private void LooksOften() => Settings = Settings with { VerifyInterval = Soon };

    private Task LooksAsync(int times)
    {
        var before = Looks;
        return Eventually.HoldsAsync(() => Looks >= before + times, "it was looked");
    }

    private int Looks => Network.Calls.Count(call => call.Call == NetworkCall.Look);

    private async Task<IReadOnlyList<InstanceProtocol.ReportVifsBroken>> TakeAsync(int instances)
    {
        var reports = new Dictionary<InstanceId, InstanceProtocol.ReportVifsBroken>();
        while (reports.Count < instances)
        {
            var report = await Region.ExpectMsgAsync<InstanceProtocol.ReportVifsBroken>();
            reports[report.InstanceId] = report;
        }

        return [.. reports.Values];
    }
}
