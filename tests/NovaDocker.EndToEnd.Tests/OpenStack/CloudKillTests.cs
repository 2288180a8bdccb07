using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Testing.OpenStack;
using NovaDocker.Testing.Processes;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests.OpenStack;

/// <summary>
/// The node is killed, or Glance is, in the middle of a transfer between them: what was begun is finished or taken back, and
/// nothing is left half-made in Glance or in the Engine.
/// </summary>
[Collection(CloudTests.Collection)]
public sealed class CloudKillTests(ITestOutputHelper output) : CloudTests(output)
{
    private const string Download = "GET .*/images/[^/]+/file";
    private const string Create = "POST /v2/images HTTP";
    private const string Upload = "PUT .*/images/[^/]+/file";

    private string Base => Lab.NameOf("base");

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (Lab is not null)
            await Lab.CreateImageAsync(Lab.Alice, "base");
    }

    [SkippableTheory]
    [InlineData(HoldAt.Request)]
    [InlineData(HoldAt.Answer)]
    [InlineData(HoldAt.AnswerBody)]
    public async Task A_node_killed_while_it_downloads_boots_after_its_next_start(HoldAt at)
    {
        NeedsCloud();
        var id = CommanderIds.NewInstanceId();

        await KillNodeAtAsync(Download, at, () => Lab.Host.Client.BootAsync(new(
            id, Request(), "killed", Base, 32, 1, [], EquatableMap<string>.Empty)));

        await Lab.Host.RestsAsync(id.ToString(), InstancePhase.Active);
        Assert.Single(await Lab.Host.ContainersOfAsync(id.ToString()));
        await Lab.Host.DeleteAsync(id.ToString());
    }

    [SkippableTheory]
    [InlineData(Create, HoldAt.Request)]
    [InlineData(Create, HoldAt.Answer)]
    [InlineData(Upload, HoldAt.Request)]
    [InlineData(Upload, HoldAt.Body)]
    [InlineData(Upload, HoldAt.Middle)]
    [InlineData(Upload, HoldAt.Answer)]
    public async Task A_node_killed_while_it_uploads_ends_with_one_whole_image(string call, HoldAt at)
    {
        NeedsCloud();
        var id = await Lab.BootAsync(Lab.Alice, Base);
        var target = Target();

        await KillNodeAtAsync(call, at, () => Lab.Host.Client.SnapshotAsync(InstanceId.Parse(id), Request(), target));

        await Lab.Host.RestsAsync(id, InstancePhase.Active);
        var image = Assert.Single(await Lab.ImagesAsync(), image => image.Text("name") == target.Name);
        Assert.Equal((target.ImageId.ToString(), "active"), (image.Text("id"), image.Text("status")));
        Assert.Null(await Lab.Host.Engine.ImageAsync($"novadocker/snapshot:{target.ImageId}"));
        var history = await Lab.Host.HistoryAsync(id);
        Assert.Single(history, row => row.Text("event") == "snapshot-completed");
        Assert.Single(history, row => row.Text("event") == "work-resumed");

        await Lab.Host.DeleteAsync(await Lab.BootAsync(Lab.Alice, Lab.Keep(target.ImageId.ToString())), id);
    }

    [SkippableFact]
    public async Task A_deletion_in_the_middle_of_an_upload_leaves_no_record()
    {
        NeedsCloud();
        var id = await Lab.BootAsync(Lab.Alice, Base);
        var target = Target();
        var held = Lab.Glance.Hold(Upload, HoldAt.Middle);
        await Lab.Host.Client.SnapshotAsync(InstanceId.Parse(id), Request(), target);
        await Eventually.CompletesAsync(held.Reached, "the upload is under way");

        await Lab.Host.DeleteAsync(id);
        held.Cut();

        Assert.Null(await Lab.ImageAsync(target.ImageId.ToString()));
        Assert.Null(await Lab.Host.Engine.ImageAsync($"novadocker/snapshot:{target.ImageId}"));
    }

    [SkippableFact]
    public async Task Where_glance_dies_in_the_middle_of_an_upload_nothing_stays_saving_and_the_next_snapshot_succeeds()
    {
        NeedsCloud();
        Skip.IfNot(TestCloud.IsOwn, TestCloud.NeedOfOwn);
        var id = await Lab.BootAsync(Lab.Alice, Base);
        var target = Target();
        var held = Lab.Glance.Hold(Upload, HoldAt.Middle);
        var accepted = await Lab.Host.Client.SnapshotAsync(InstanceId.Parse(id), Request(), target);
        await Eventually.CompletesAsync(held.Reached, "the upload is under way");

        await Script.RunAsync("tests/openstack.sh", "kill-glance", "--dir", Lab.Cloud.Directory);
        held.Cut();
        await Script.RunAsync("tests/openstack.sh", "start-glance", "--dir", Lab.Cloud.Directory);

        await Lab.Host.EndOfAsync(accepted);
        var failed = Assert.Single(await Lab.Host.HistoryAsync(id), row => row.Text("event") == "snapshot-failed");
        Assert.NotEmpty(failed.Data("reason"));
        Assert.Null(await Lab.ImageAsync(target.ImageId.ToString()));
        Assert.Null(await Lab.Host.Engine.ImageAsync($"novadocker/snapshot:{target.ImageId}"));
        Assert.Equal(InstancePhase.Active, (await Lab.Host.Client.GetInstanceAsync(InstanceId.Parse(id)))!.Phase);

        var again = await Lab.RunAsync(Lab.Alice, "snapshot", id, "--name", Lab.NameOf("again"), "--json");
        var image = await Lab.ImageAsync(Lab.Keep(again.Expect(0).Row.Text("snapshotImageId")!));
        Assert.Equal("active", image!.Text("status"));
        await Lab.Host.DeleteAsync(id);
    }

    private RequestContext Request() =>
        new(CommanderIds.NewRequestId(), new Initiator("alice", Lab.Alice.ProjectId, "end-to-end"));

    private SnapshotTarget Target() =>
        new(CommanderIds.NewImageId(), Lab.NameOf($"snap-{CommanderIds.NewImageId()}"), PauseContainer: false);

    private async Task KillNodeAtAsync(string call, HoldAt at, Func<Task<InstanceProtocol.CommandReply>> command)
    {
        var held = Lab.Glance.Hold(call, at);
        Assert.IsType<InstanceProtocol.Accepted>(await command());
        await Eventually.CompletesAsync(held.Reached, $"the call {call}");
        await Lab.Host.Node.KillAsync();
        held.Cut();
        await Lab.Host.StartNodeAsync();
    }
}
