using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Logging.Abstractions;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using Xunit.Abstractions;

namespace NovaDocker.Actors.Tests.Images;

/// <summary>One image whose transfers fail, by virtual time; the test is the host agent.</summary>
public sealed class ImageBackoffSpecs : TestKit
{
    private static readonly TimeSpan Initial = TimeSpan.FromSeconds(1);
    private static readonly Fault Away = new(FaultCode.Unavailable, "The store is away.");

    private readonly FakeContainerEngine _engine = new();
    private readonly MemoryImageStore _store = new();
    private readonly VirtualTime _time;
    private readonly TestProbe _agent;
    private readonly IActorRef _images;
    private Fault? _fault = Away;
    private int _steps;

    public ImageBackoffSpecs(ITestOutputHelper output)
        : base(TestSystem.VirtualTime, "backoff", output)
    {
        _time = new VirtualTime(Sys);
        _agent = CreateTestProbe("agent");
        var settings = Sample.ImageSettings with { InitialBackoff = Initial, MaxBackoff = TimeSpan.FromSeconds(3) };
        _images = Sys.ActorOf(Parent.Props(
            ImageSupervisor.Props(_store, settings, _time, NullLoggerFactory.Instance), _agent));
        _store.Put(Sample.Image.Id, Sample.Image.Name, Sample.Archive.ToBytes());
        _store.Fails = () => _fault is { } fault ? new ImageStoreException(fault.Code, fault.Message) : null;
        _images.Tell(new EngineOpened(_engine), ActorRefs.NoSender);
    }

    [Fact]
    public async Task After_a_failure_whoever_asks_waits_for_one_try_and_hears_why()
    {
        await FailAsync();
        var asked = Looks;
        var (second, third) = (Want(), Want());

        var waiting = await WaitsAsync(second);
        await WaitsAsync(third);
        Assert.Contains("The store is away.", waiting, StringComparison.Ordinal);
        _time.Advance(Initial - TimeSpan.FromMilliseconds(1));
        await NoEndAsync();
        _fault = Away with { Message = "Still away." };
        _time.Advance(TimeSpan.FromMilliseconds(1));

        var ends = new[] { await EndAsync(), await EndAsync() };
        Assert.Equal(new[] { second.Token, third.Token }.ToHashSet(), ends.Select(end => end.Step.Token).ToHashSet());
        Assert.All(ends, end => Assert.Equal("Still away.", end.Fault!.Message));
        Assert.True(Looks > asked);
    }

    [Fact]
    public async Task The_wait_doubles_up_to_its_limit_and_a_success_ends_it()
    {
        await FailAsync();
        foreach (var seconds in (int[])[1, 2, 3, 3])
        {
            await WaitsAsync(Want());
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            await NoEndAsync();
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(FaultCode.Unavailable, (await EndAsync()).Fault!.Code);
        }

        _fault = null;
        await WaitsAsync(Want());
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.NotNull((await EndAsync()).Result);
        _fault = Away;
        await _engine.RemoveImageAsync(ImageTags.ForImage(Sample.Image.Id), CancellationToken.None);
        await FailAsync();
        await WaitsAsync(Want());
        _time.Advance(Initial);
        Assert.NotNull((await EndAsync()).Fault);
    }

    [Fact]
    public async Task A_failure_that_cannot_pass_holds_nobody_up()
    {
        _fault = new Fault(FaultCode.Denied, "No.");
        await FailAsync();

        await FailAsync();
    }

    [Fact]
    public async Task An_image_that_comes_another_way_meanwhile_is_not_waited_for()
    {
        await FailAsync();
        _engine.AddImage(Sample.Archive with { Tags = [ImageTags.ForImage(Sample.Image.Id)] });

        Want();

        Assert.Equal("engine", ((StepResult.ImageReady)(await EndAsync()).Result!).Source);
    }

    [Fact]
    public async Task Long_after_the_last_failure_the_row_begins_anew()
    {
        foreach (var wait in (int[])[0, 1, 2])
        {
            _time.Advance(TimeSpan.FromSeconds(wait));
            await FailAsync();
        }

        _time.Advance(TimeSpan.FromSeconds(7));
        await FailAsync();

        await WaitsAsync(Want());
        _time.Advance(Initial);
        Assert.NotNull((await EndAsync()).Fault);
    }

    private int Looks => _engine.CountOf(EngineCall.FindImage);

    private HostProtocol.RunStep Want()
    {
        var step = Sample.Step(StepKind.EnsureImage, ++_steps, Sample.NewId());
        _images.Tell(step);
        return step;
    }

    private async Task FailAsync()
    {
        Want();
        Assert.NotNull((await EndAsync()).Fault);
    }

    private async Task<string> WaitsAsync(HostProtocol.RunStep step)
    {
        var told = (HostProtocol.StepProgressed)await _agent.FishForMessageAsync(
            message => message is HostProtocol.StepProgressed { Progress.WaitsFor: not null } news && news.Token == step.Token);
        return told.Progress.WaitsFor!;
    }

    /// <summary>Whoever waits may be told of it more than once.</summary>
    private async Task NoEndAsync() => await _agent.FishUntilMessageAsync<StepFinished>(TimeSpan.FromMilliseconds(100));

    private async Task<StepFinished> EndAsync() => (StepFinished)await _agent.FishForMessageAsync(message => message is StepFinished);
}
