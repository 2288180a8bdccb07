using System.Text;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;

namespace NovaDocker.Actors.Tests.Doors;

/// <content>The instances that user data name.</content>
public sealed partial class InstancesDoorSpecs
{
    private static readonly InstanceId Named = InstanceId.Parse("22222222-2222-3333-4444-555555555555");

    [Theory]
    [InlineData("web-1")]
    [InlineData("22222222-2222-3333-4444-555555555555")]
    public async Task An_instance_of_the_same_project_is_found_by_name_and_by_id(string name)
    {
        await BootAsync(Named);
        await _hosts.ExpectMsgAsync<HostProtocol.RunStep>();

        var reference = (await ReferencesAsync($"volumes_from: ['{name}:ro']"))[name];

        Assert.Equal(new HostProtocol.InstanceReference(Named, Sample.Host, null), reference);
    }

    [Fact]
    public async Task Nobody_learns_of_an_instance_of_another_project()
    {
        await BootAsync(Named);
        await _hosts.ExpectMsgAsync<HostProtocol.RunStep>();

        var other = (await ReferencesAsync("volumes_from: [web-1]", "other-project"))["web-1"];
        var unknown = (await ReferencesAsync("volumes_from: [nobody]", "other-project"))["nobody"];

        Assert.Equal((null, null), (other.InstanceId, other.HostId));
        Assert.Equal(unknown.Problem, other.Problem);
    }

    [Fact]
    public async Task A_name_of_two_instances_is_nobodys()
    {
        await BootAsync(Named);
        await _hosts.ExpectMsgAsync<HostProtocol.RunStep>();
        await BootAsync(Sample.NewId());
        await _hosts.ExpectMsgAsync<HostProtocol.RunStep>();

        var reference = (await ReferencesAsync("HostConfig: {Links: ['web-1:db']}"))["web-1"];

        Assert.Null(reference.InstanceId);
        Assert.Contains("2 instances", reference.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_data_that_names_nobody_ask_nobody()
    {
        Assert.Empty(await ReferencesAsync("user: nobody"));
        Assert.Empty(await ReferencesAsync("{broken"));
    }

    /// <summary>What the host is told of a boot of its own.</summary>
    private async Task<EquatableMap<HostProtocol.InstanceReference>> ReferencesAsync(string userData, string? project = null)
    {
        var boot = Boot(Sample.NewId()) with { UserData = Encoding.UTF8.GetBytes(userData) };
        if (project is not null)
            boot = boot with { Request = boot.Request with { Initiator = boot.Request.Initiator with { ProjectId = project } } };
        _door.Tell(boot, TestActor);
        await _hosts.FishForMessageAsync(message => message is HostDirectory.PickHost);
        _hosts.Reply(new HostDirectory.HostPicked(Sample.Host));
        return (await _hosts.ExpectMsgAsync<HostProtocol.AdmitBoot>()).References;
    }
}
