using Akka.Actor;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;

namespace NovaDocker.Actors.Tests.Images;

/// <content>The images of rescue containers.</content>
public sealed partial class ImageSupervisorSpecs
{
    [Fact]
    public async Task The_image_of_a_rescue_is_brought_as_any_other_and_not_the_instances_own()
    {
        var rescue = Put("rescue");
        Open();
        var step = Sample.Step(StepKind.EnsureRescueImage) with { Rescue = new RescueFacts(rescue, null, null) };

        _images.Tell(step);

        var finished = await NextAsync<StepFinished>();
        Assert.Equal((step.Token, StepKind.EnsureRescueImage), (finished.Step.Token, finished.Step.Step));
        Assert.Equal("store", Assert.IsType<StepResult.ImageReady>(finished.Result).Source);
        Assert.NotNull(await _engine.FindImageAsync(ImageTags.ForImage(rescue.Id), CancellationToken.None));
        Assert.Null(await _engine.FindImageAsync(Tag, CancellationToken.None));
    }

    [Fact]
    public async Task The_image_of_a_rescue_is_called_off_as_any_other()
    {
        var rescue = Put("rescue");
        var held = new HeldCall();
        _store.Holds = id => id == rescue.Id ? held : null;
        Open();
        var step = Sample.Step(StepKind.EnsureRescueImage) with { Rescue = new RescueFacts(rescue, null, null) };
        _images.Tell(step);
        await held.Reached;

        _images.Tell(new CancelStep(step));

        Assert.Equal(FaultCode.Cancelled, (await NextAsync<StepFinished>()).Fault!.Code);
        held.Release();
    }
}
