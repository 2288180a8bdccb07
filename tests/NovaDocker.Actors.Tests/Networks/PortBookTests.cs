using NovaDocker.Actors.Networks;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using NovaDocker.Testing;

namespace NovaDocker.Actors.Tests.Networks;

public sealed class PortBookTests
{
    private static readonly InstanceId Other = Sample.NewId();
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(3);

    private readonly ManualTime _time = new();
    private readonly PortBook _book;

    public PortBookTests() => _book = new PortBook(_time);

    [Fact]
    public void What_the_instances_say_takes_the_place_of_what_was_known_before_they_were_asked()
    {
        _book.Hold(Sample.Id, Ports.Vif(1));
        _book.BeginAsking();
        _book.Hold(Sample.Id, Ports.Vif(2));

        _book.Replace([Ports.View(Other, Ports.Vif(3))]);

        Assert.Equal([Ports.Id(2), Ports.Id(3)], _book.All.Select(port => port.Vif.Id).Order(ById));
    }

    [Fact]
    public void A_deleted_instance_has_no_port()
    {
        _book.BeginAsking();

        _book.Replace([Ports.View(Sample.Id, Ports.Vif(1)) with { Phase = InstancePhase.Deleted }]);

        Assert.Empty(_book.All);
    }

    [Fact]
    public void A_lease_outlasts_what_the_instances_say_for_a_while_and_no_longer()
    {
        _book.Lease(Sample.Id, Ports.Vif(1));
        Hear();
        Assert.NotNull(_book.Find(Ports.Id(1)));

        _time.Advance(Long);
        Assert.NotEmpty(_book.Taken(NetworkId.Parse("blue")));

        Hear();
        Assert.Null(_book.Find(Ports.Id(1)));
    }

    [Fact]
    public void What_an_instance_has_is_not_made_a_lease_by_asking_for_it_again()
    {
        _book.Hold(Sample.Id, Ports.Vif(1));

        _book.Lease(Sample.Id, Ports.Vif(1));

        Hear();
        Assert.Empty(_book.All);
    }

    [Fact]
    public void A_lease_that_is_asked_for_again_lasts_from_then_on()
    {
        _book.Lease(Sample.Id, Ports.Vif(1));
        _time.Advance(Long);
        _book.Lease(Sample.Id, Ports.Vif(1));

        Hear();

        Assert.NotEmpty(_book.All);
    }

    [Fact]
    public void Two_ports_of_one_instance_conflict_as_those_of_two_do()
    {
        _book.Hold(Sample.Id, Ports.Vif(1));
        var twin = Ports.Vif(2) with { Mac = Ports.Vif(1).Mac };

        Assert.StartsWith($"mac {twin.Mac} is that of port", _book.Conflict(Sample.Id, twin), StringComparison.Ordinal);
        Assert.Null(_book.Conflict(Sample.Id, Ports.Vif(1)));
        Assert.Null(_book.Conflict(Other, twin with { Network = Ports.Vif(2, "green").Network }));
        Assert.Equal($"port {Ports.Id(1)} is instance {Sample.Id}'s already.", _book.Conflict(Other, Ports.Vif(1)));
    }

    [Fact]
    public void Addresses_are_taken_in_their_network_alone()
    {
        _book.Hold(Sample.Id, Ports.Vif(1));

        Assert.Equal("10.1.1.1", Assert.Single(_book.Taken(NetworkId.Parse("blue"))).ToString());
        Assert.Empty(_book.Taken(NetworkId.Parse("green")));
    }

    private static readonly Comparer<PortId> ById =
        Comparer<PortId>.Create((left, right) => string.CompareOrdinal(left.ToString(), right.ToString()));

    private void Hear()
    {
        _book.BeginAsking();
        _book.Replace([]);
    }
}
