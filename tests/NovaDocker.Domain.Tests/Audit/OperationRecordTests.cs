using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Audit;

public sealed class OperationRecordTests
{
    [Fact]
    public void One_that_was_done_is_known_by_its_end()
    {
        var stopped = Given.Stopped();

        Assert.Equal(
            new OperationRecord(LastRequest(stopped).OperationId, InstanceVerb.Stop, "given-stop", stopped.History.Count, OperationEnd.Succeeded, null, null),
            Of(stopped, LastRequest(stopped).OperationId));
    }

    [Fact]
    public void One_that_failed_tells_of_the_step_it_failed_of_and_not_of_what_failed_behind_it()
    {
        var failing = Given.Building(StepKind.CreateContainer).AfterStepIsGivenUp();
        var failed = failing.Until(StepKind.ReleaseResources).AfterStepIsGivenUp().UntilAtRest();

        var record = Of(failed, LastRequest(failed).OperationId)!;

        Assert.Equal((OperationEnd.Failed, StepKind.CreateContainer), (record.End, record.FaultStep));
        Assert.Equal(failed.Facts.LastFault, record.Fault);
    }

    [Fact]
    public void One_that_was_called_off_is_cancelled_and_what_took_its_place_is_not()
    {
        var deleted = Given.Building(StepKind.EnsureImage).After(Commands.Delete("d")).UntilAtRest();
        var requests = deleted.History.OfType<OperationRequest>().ToArray();

        Assert.Equal(OperationEnd.Cancelled, Of(deleted, requests[0].OperationId)!.End);
        Assert.Equal(OperationEnd.Succeeded, Of(deleted, requests[1].OperationId)!.End);
    }

    [Fact]
    public void One_that_is_under_way_has_no_end_and_one_that_never_was_no_record()
    {
        var building = Given.Building(StepKind.EnsureImage);

        Assert.Null(Of(building, LastRequest(building).OperationId)!.End);
        Assert.Null(Of(building, new OperationId(Guid.Empty)));
    }

    private static OperationRequest LastRequest(Scenario scenario) => scenario.History.OfType<OperationRequest>().Last();

    private static OperationRecord? Of(Scenario scenario, OperationId id) => OperationRecord.Of(id, scenario.History);
}
