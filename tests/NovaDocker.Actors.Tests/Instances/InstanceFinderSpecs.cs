using Akka.Actor;
using Akka.TestKit.Xunit2;
using NovaDocker.Actors.Instances;
using NovaDocker.Actors.Tests.Equipment;
using Xunit.Abstractions;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Instances;

public sealed class InstanceFinderSpecs(ITestOutputHelper output) : TestKit(TestSystem.Config, "finder", output)
{
    [Fact]
    public async Task An_instance_that_does_not_answer_hides_no_other()
    {
        var (silent, living, unknown) = (Sample.NewId(), Sample.NewId(), Sample.NewId());
        var hosts = CreateTestProbe("hosts");
        var entities = Sys.ActorOf(EntityHost.Props(
            id => id == silent
                ? Props.Create(() => new Silent())
                : InstanceActor.Props(id, hosts, Sample.Settings, TimeProvider.System, Sample.Ids),
            CreateTestProbe()));
        entities.Tell(
            new Boot(living, Sample.Request("req-boot"), Sample.Spec, Sample.Image, Sample.Host), TestActor);
        await ExpectMsgAsync<Accepted>();

        var found = await new InstanceFinder(entities, TimeSpan.FromSeconds(5)).AskAsync([silent, living, unknown]);

        Assert.Equal([living], found.Select(view => view.Id));
    }

    private sealed class Silent : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }
}
