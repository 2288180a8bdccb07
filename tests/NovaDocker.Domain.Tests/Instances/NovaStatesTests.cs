using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Instances;

public sealed class NovaStatesTests
{
    [Theory]
    [InlineData(InstancePhase.Absent, "building", null, "NOSTATE")]
    [InlineData(InstancePhase.Building, "building", "spawning", "NOSTATE")]
    [InlineData(InstancePhase.Active, "active", null, "RUNNING")]
    [InlineData(InstancePhase.Paused, "paused", null, "PAUSED")]
    [InlineData(InstancePhase.Stopped, "stopped", null, "SHUTDOWN")]
    [InlineData(InstancePhase.Starting, "stopped", "powering-on", "SHUTDOWN")]
    [InlineData(InstancePhase.Stopping, "active", "powering-off", "RUNNING")]
    [InlineData(InstancePhase.Rebooting, "active", "rebooting", "RUNNING")]
    [InlineData(InstancePhase.Pausing, "active", "pausing", "RUNNING")]
    [InlineData(InstancePhase.Unpausing, "paused", "unpausing", "PAUSED")]
    [InlineData(InstancePhase.Snapshotting, "active", "image_pending_upload", "RUNNING")]
    [InlineData(InstancePhase.Error, "error", null, "NOSTATE")]
    [InlineData(InstancePhase.Deleting, "active", "deleting", "RUNNING")]
    [InlineData(InstancePhase.Deleted, "deleted", null, "SHUTDOWN")]
    [InlineData(InstancePhase.Restarting, "stopped", "powering-on", "SHUTDOWN")]
    [InlineData(InstancePhase.Attaching, "active", null, "RUNNING")]
    [InlineData(InstancePhase.Detaching, "active", null, "RUNNING")]
    [InlineData(InstancePhase.Repairing, "active", null, "RUNNING")]
    [InlineData(InstancePhase.Suspended, "suspended", null, "SUSPENDED")]
    [InlineData(InstancePhase.Suspending, "active", "suspending", "RUNNING")]
    [InlineData(InstancePhase.Resuming, "suspended", "resuming", "SUSPENDED")]
    [InlineData(InstancePhase.Rebuilding, "active", "rebuild_spawning", "RUNNING")]
    [InlineData(InstancePhase.Resizing, "active", "resize_finish", "RUNNING")]
    [InlineData(InstancePhase.Rescued, "rescued", null, "RUNNING")]
    [InlineData(InstancePhase.Rescuing, "active", "rescuing", "RUNNING")]
    [InlineData(InstancePhase.Unrescuing, "rescued", "unrescuing", "RUNNING")]
    public void A_phase_is_told_in_the_words_of_Nova(InstancePhase phase, string vm, string? task, string power) =>
        Assert.Equal(new NovaStates(vm, task, power), NovaStates.Of(Given.In(phase).State));

    [Fact]
    public void Every_phase_has_words() =>
        Assert.All(Enum.GetValues<InstancePhase>(), phase => Assert.NotEmpty(NovaStates.Of(Given.In(phase).State).VmState));

    [Fact]
    public void A_hard_reboot_has_a_word_of_its_own() =>
        Assert.Equal("rebooting_hard", NovaStates.Of(Given.HardRebooting().State).TaskState);

    [Fact]
    public void A_resize_that_is_taken_back_has_a_word_of_its_own() =>
        Assert.Equal("resize_reverting", NovaStates.Of(Given.Reverting().State).TaskState);

    [Theory]
    [InlineData(StepKind.CommitContainer, "image_pending_upload")]
    [InlineData(StepKind.UploadSnapshot, "image_uploading")]
    [InlineData(StepKind.RemoveCommit, "image_snapshot")]
    public void A_snapshot_tells_how_far_it_is(StepKind step, string task) =>
        Assert.Equal(task, NovaStates.Of(Given.Snapshotting(step).State).TaskState);

    [Fact]
    public void A_deletion_of_what_was_building_still_tells_of_building() =>
        Assert.Equal(
            new NovaStates("building", "deleting", "NOSTATE"),
            NovaStates.Of(Given.Building().After(Commands.Delete()).State));

    [Fact]
    public void A_deletion_of_what_was_being_snapshotted_tells_of_what_it_was() =>
        Assert.Equal(
            new NovaStates("active", "deleting", "RUNNING"),
            NovaStates.Of(Given.Snapshotting().After(Commands.Delete()).State));
}
