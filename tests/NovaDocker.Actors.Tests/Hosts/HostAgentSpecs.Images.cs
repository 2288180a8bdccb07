using Akka.Actor;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Hosts;

/// <content>A container whose image has gone between its steps.</content>
public sealed partial class HostAgentSpecs
{
    private static readonly Fault NoSuchImage = new(FaultCode.NotFound, "No such image.");

    private static readonly StepResult.ImageReady Ready = new("sha256:image", "sha256:archive", 4096, "store");

    [Fact]
    public async Task A_container_whose_image_has_gone_is_made_once_the_image_is_brought_again()
    {
        var create = await CreateWithoutImageAsync();
        var ensure = await _images.ExpectMsgAsync<HostProtocol.RunStep>();
        Assert.Equal((StepKind.EnsureImage, create.Token), (ensure.Step, ensure.Token));

        _agent.Tell(new StepFinished(ensure, Ready, null));
        Assert.Equal(create, await _docker.ExpectMsgAsync<HostProtocol.RunStep>());
        var made = new StepResult.ContainerCreated("c0ffee", Adopted: false);
        _agent.Tell(new StepFinished(create, made, null));

        Assert.Equal(new RecordStepCompleted(Sample.Id, create.Token, made), await _region.ExpectMsgAsync<RecordStepCompleted>());
        Assert.Equal(0, (await ViewAsync()).Steps);
    }

    [Fact]
    public async Task What_is_not_found_although_the_image_is_there_fails_after_one_more_try()
    {
        var create = await CreateWithoutImageAsync();
        _agent.Tell(new StepFinished(await _images.ExpectMsgAsync<HostProtocol.RunStep>(), Ready, null));
        await _docker.ExpectMsgAsync<HostProtocol.RunStep>();

        _agent.Tell(StepFinished.Failed(create, NoSuchImage));

        Assert.Equal(new RecordStepFailed(Sample.Id, create.Token, NoSuchImage), await _region.ExpectMsgAsync<RecordStepFailed>());
        await _images.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task An_image_that_cannot_be_brought_again_fails_the_step()
    {
        var create = await CreateWithoutImageAsync();
        var fault = new Fault(FaultCode.Unavailable, "The store is away.");

        _agent.Tell(StepFinished.Failed(await _images.ExpectMsgAsync<HostProtocol.RunStep>(), fault));

        Assert.Equal(new RecordStepFailed(Sample.Id, create.Token, fault), await _region.ExpectMsgAsync<RecordStepFailed>());
    }

    [Fact]
    public async Task Who_is_called_off_while_the_image_is_brought_again_waits_for_it_no_longer()
    {
        var create = await CreateWithoutImageAsync();
        var ensure = await _images.ExpectMsgAsync<HostProtocol.RunStep>();
        var remove = Sample.Step(StepKind.RemoveContainer, create.Token.Revision + 2);
        _agent.Tell(remove);

        Assert.Equal(ensure, (await _images.ExpectMsgAsync<CancelStep>()).Step);
        _agent.Tell(StepFinished.Failed(ensure, new Fault(FaultCode.Cancelled, "called off")));

        Assert.Equal(remove, await _docker.ExpectMsgAsync<HostProtocol.RunStep>());
    }

    [Fact]
    public async Task A_rescue_container_whose_image_has_gone_is_made_once_the_image_is_brought_again()
    {
        _agent.Tell(new EngineHealth(Info, null));
        var rescue = new RescueFacts(Sample.RescueImage, "sha256:rescue", null);
        var start = Sample.Step(StepKind.StartRescue, container: "c0ffee") with { Rescue = rescue };
        _agent.Tell(start);
        await _docker.ExpectMsgAsync<HostProtocol.RunStep>();
        _agent.Tell(StepFinished.Failed(start, NoSuchImage));

        var ensure = await _images.ExpectMsgAsync<HostProtocol.RunStep>();
        Assert.Equal((StepKind.EnsureRescueImage, rescue), (ensure.Step, ensure.Rescue));
        // The images' supervisor works with the image of the rescue.
        _agent.Tell(new StepFinished(ensure with { Image = Sample.RescueImage }, Ready, null));
        Assert.Equal(start, await _docker.ExpectMsgAsync<HostProtocol.RunStep>());
        var made = new StepResult.ContainerCreated("5afe", Adopted: false);
        _agent.Tell(new StepFinished(start, made, null));

        Assert.Equal(new RecordStepCompleted(Sample.Id, start.Token, made), await _region.ExpectMsgAsync<RecordStepCompleted>());
    }

    private async Task<HostProtocol.RunStep> CreateWithoutImageAsync()
    {
        _agent.Tell(new EngineHealth(Info, null));
        var create = Sample.Step(StepKind.CreateContainer);
        _agent.Tell(create);
        await _docker.ExpectMsgAsync<HostProtocol.RunStep>();
        _agent.Tell(StepFinished.Failed(create, NoSuchImage));
        return create;
    }
}
