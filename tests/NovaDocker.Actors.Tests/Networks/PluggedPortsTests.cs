using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Networks;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Tests.Networks;

public sealed class PluggedPortsTests
{
    private static readonly Vif[] Two = [Ports.Vif(1), Ports.Vif(2)];
    private readonly PluggedPorts _ports = new();

    [Fact]
    public void Ports_are_learnt_of_by_the_steps_that_plug_and_unplug_them()
    {
        _ports.Learn(Plugged(3, Two));
        Assert.Equal(Two, _ports.All.Select(port => port.Vif));

        _ports.Learn(StepFinished.Done(Ports.Step(StepKind.UnplugVifs, 5, null, Two) with { Port = Two[0].Id }));
        Assert.Equal([Two[1]], _ports.All.Select(port => port.Vif));

        _ports.Learn(StepFinished.Done(Ports.Step(StepKind.UnplugVifs, 7, null, Two)));
        Assert.False(_ports.Any);
    }

    [Fact]
    public void A_step_that_failed_teaches_no_port()
    {
        _ports.Learn(StepFinished.Failed(Ports.Step(StepKind.PlugVifs, 3, null, Two), new Fault(FaultCode.Transient, "")));

        Assert.False(_ports.Any);
    }

    [Theory]
    [InlineData(InstancePhase.Active, false, true)]
    [InlineData(InstancePhase.Paused, false, false)]
    [InlineData(InstancePhase.Paused, true, true)]
    [InlineData(InstancePhase.Stopped, false, false)]
    [InlineData(InstancePhase.Stopped, true, true)]
    [InlineData(InstancePhase.Suspended, false, false)]
    [InlineData(InstancePhase.Suspended, true, true)]
    [InlineData(InstancePhase.Rescued, true, false)]
    [InlineData(InstancePhase.Error, true, false)]
    public void What_is_looked_after_is_what_runs_and_what_the_journal_of_one_that_rests_well_holds_for_plugged(
        InstancePhase phase, bool isPlugged, bool isLookedAfter)
    {
        _ports.Learn([Ports.View(Sample.Id, 9, phase, Ports.Of(Two[0])[0] with { IsPlugged = isPlugged })]);

        Assert.Equal(isLookedAfter, _ports.Any);
    }

    [Fact]
    public void What_an_instance_says_with_something_under_way_is_not_listened_to()
    {
        _ports.Learn(Plugged(3, Two));

        _ports.Learn([StubRegion.Booting(Sample.Boot(Sample.Id)) with { Revision = 9, Ports = [] }]);

        Assert.Equal(2, _ports.All.Count());
    }

    [Theory]
    [InlineData(6, 2)]
    [InlineData(7, 2)]
    [InlineData(8, 0)]
    public void What_an_instance_said_before_its_last_step_is_out_of_date(long revision, int left)
    {
        _ports.Learn(Plugged(7, Two));

        _ports.Learn([Ports.View(Sample.Id, revision, InstancePhase.Stopped)]);

        Assert.Equal(left, _ports.All.Count());
    }

    [Fact]
    public void A_port_that_was_plugged_anew_is_not_unchanged_since_before()
    {
        _ports.Learn(Plugged(3, Two));
        var moment = _ports.Moment;
        Assert.Equal(2, _ports.UnchangedSince(moment).Count());

        _ports.Learn(Plugged(5, Two[1]));

        Assert.Equal([Two[0]], _ports.UnchangedSince(moment).Select(port => port.Vif));
        _ports.Learn([Ports.View(Sample.Id, Two)]);
        Assert.Equal([Two[0]], _ports.UnchangedSince(moment).Select(port => port.Vif));
    }

    private static StepFinished Plugged(long revision, params Vif[] vifs) => new(
        Ports.Step(StepKind.PlugVifs, revision, null, vifs),
        new StepResult.VifsPlugged(vifs.Select((vif, i) => new PluggedVif(vif.Id, vif.Device, $"eth{i}", Adopted: false)).ToEquatableArray()),
        null);
}
