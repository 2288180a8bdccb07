using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Commands;
using NovaDocker.Adapters.Vifs.Devices;
using NovaDocker.Domain.Common;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>The devices of a host that change while they are listed.</summary>
public sealed class HostLinksTests
{
    private const string Two = """[{"ifindex":3,"ifname":"br0"},{"ifindex":4,"ifname":"tap0","master":"br0"}]""";
    private const string One = """[{"ifindex":4,"ifname":"tap0","master":"br0"}]""";

    [Fact]
    public void A_device_that_is_listed_twice_is_the_newer_one()
    {
        var links = HostLinks.Parse("a test", """[{"ifindex":9,"ifname":"br0","address":"fe:00:00:00:00:01"},{"ifindex":3,"ifname":"br0"}]""");

        Assert.Equal((9, "fe:00:00:00:00:01"), (links.Find("br0")!.Index, links.Find("br0")!.Address));
        Assert.Single(links.All);
    }

    [Fact]
    public async Task A_listing_that_was_interrupted_is_asked_for_again()
    {
        var runner = new Listings((One, true), (Two, false));

        var links = await new NetworkTools(VifLab.Settings, runner).LinksAsync("a test", CancellationToken.None);

        Assert.NotNull(links.Find("br0"));
        Assert.Equal(2, runner.Asked);
    }

    [Fact]
    public async Task Devices_that_change_each_time_are_a_failure_that_may_pass()
    {
        var runner = new Listings((Two, true));

        var failure = await Assert.ThrowsAsync<VifException>(
            () => new NetworkTools(VifLab.Settings, runner).LinksAsync("a test", CancellationToken.None));

        Assert.Equal(FaultCode.Transient, failure.Code);
        Assert.Equal($"a test: the devices of this host changed each of {runner.Asked} times that they were listed", failure.Message);
    }

    /// <summary>An <c>ip</c> that lists devices as ordered, the last of the orders for ever.</summary>
    private sealed class Listings(params (string Devices, bool IsInterrupted)[] orders) : ICommandRunner
    {
        public int Asked { get; private set; }

        public Task<CommandResult> RunAsync(Command command, CancellationToken cancellationToken)
        {
            var (devices, isInterrupted) = orders[Math.Min(Asked++, orders.Length - 1)];
            return Task.FromResult(new CommandResult(
                command, 0, devices, isInterrupted ? "Dump was interrupted and may be inconsistent.\n" : ""));
        }
    }
}
