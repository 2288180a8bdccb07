using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.OpenStack.Tests.Equipment;
using NovaDocker.Testing;

namespace NovaDocker.OpenStack.Tests;

/// <summary>
/// The node is killed (SIGKILL), or nova-compute, or both, in the middle of what a user asked for: afterwards the server is
/// active, or in error with a reason, all sides agree, and its deletion leaves nothing.
/// </summary>
public sealed class KillTests(ComputeHost host) : CloudTests(host)
{
    private const string Create = "POST .*/containers/create.*name=nova-[0-9a-f-]+( |&)";
    private const string Start = "POST .*/containers/[^/]+/start";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [SkippableTheory]
    [InlineData(Create, HoldAt.Request)]
    [InlineData(Create, HoldAt.Answer)]
    [InlineData(Start, HoldAt.Answer)]
    public async Task A_node_killed_while_a_server_builds(string call, HoldAt at)
    {
        var held = Host.Lab.Proxy.Hold(call, at);
        var server = await Host.BeginAsync("node-killed");
        await Eventually.CompletesAsync(held.Reached, $"{call} is at {at}", Patience);

        await Host.Lab.Node.KillAsync();
        held.Cut();
        await Host.Lab.StartNodeAsync();

        await EndsWellAsync(server);
    }

    [SkippableFact]
    public async Task Nova_compute_killed_while_a_server_builds()
    {
        var held = Host.Lab.Proxy.Hold(Create, HoldAt.Answer);
        var server = await Host.BeginAsync("compute-killed");
        await Eventually.CompletesAsync(held.Reached, "the container is made", Patience);

        await Host.Bed!.DoAsync("kill-compute");
        held.Cut();
        await Host.Bed.DoAsync("start-compute");

        await EndsWellAsync(server);
    }

    [SkippableFact]
    public async Task Both_killed_while_a_server_builds()
    {
        var held = Host.Lab.Proxy.Hold(Create, HoldAt.Answer);
        var server = await Host.BeginAsync("both-killed");
        await Eventually.CompletesAsync(held.Reached, "the container is made", Patience);

        await Host.Bed!.DoAsync("kill-compute");
        await Host.Lab.Node.KillAsync();
        held.Cut();
        await Host.Bed.DoAsync("start-compute");
        await Host.Lab.StartNodeAsync();

        await EndsWellAsync(server);
    }

    [SkippableFact]
    public async Task Both_killed_while_a_server_is_deleted()
    {
        var server = await Host.BootAsync("half-deleted");
        var ports = await server.PortsAsync();
        var held = Host.Lab.Proxy.Hold("DELETE .*/containers/", HoldAt.Request);
        await Host.Demo.DoAsync("server", "delete", server.Id);
        await Eventually.CompletesAsync(held.Reached, "the container is about to go", Patience);

        await Host.Bed!.DoAsync("kill-compute");
        await Host.Lab.Node.KillAsync();
        held.Cut();
        await Host.Lab.StartNodeAsync();
        await Host.Bed.DoAsync("start-compute");

        await Host.IsKnownAsync();
        await server.IsGoneAsync(ports);
    }

    [SkippableFact]
    public async Task A_node_killed_while_nothing_happens_is_missed_by_nobody()
    {
        var running = await Host.BootAsync("running");
        var container = (await running.ContainerAsync())!.Text("Id");

        await Host.Lab.Node.KillAsync();
        await Host.Lab.StartNodeAsync();

        await Host.Lab.EngineAnswersAsync();
        await running.AgreesAsync("ACTIVE");
        Assert.Equal(container, (await running.ContainerAsync())!.Text("Id"));
        await running.ActAsync("SHUTOFF", "stop");
        await running.DeleteAsync();
    }

    [SkippableFact]
    public async Task A_container_that_died_while_nova_compute_was_away_is_off_when_it_is_back()
    {
        var server = await Host.BootAsync("unseen");
        await Host.Bed!.DoAsync("kill-compute");

        await Host.Lab.Engine.KillContainerAsync($"nova-{server.Id}");
        await Host.Bed.DoAsync("start-compute");
        await Host.IsKnownAsync();

        await server.BecomesAsync("SHUTOFF", Patience);
        await server.DeleteAsync();
    }

    [SkippableFact]
    public async Task After_a_restart_of_everything_servers_are_what_they_were()
    {
        var running = await Host.BootAsync("running");
        var stopped = await Host.BootAsync("stopped");
        await stopped.ActAsync("SHUTOFF", "stop");
        var container = (await running.ContainerAsync())!.Text("Id");

        await Host.Lab.Node.KillAsync();
        await Host.Bed!.DoAsync("restart");
        await Host.Lab.StartNodeAsync();

        await Host.IsKnownAsync();
        await running.AgreesAsync("ACTIVE");
        await stopped.AgreesAsync("SHUTOFF");
        Assert.Equal(container, (await running.ContainerAsync())!.Text("Id"));
        await stopped.ActAsync("ACTIVE", "start");
        await running.DeleteAsync();
        await stopped.DeleteAsync();
    }

    /// <summary>Waits for an end that all sides agree on, and deletes the server.</summary>
    private async Task EndsWellAsync(Server server)
    {
        await Host.Lab.EngineAnswersAsync();
        await Host.IsKnownAsync();
        var shown = await server.EndsAsync(["ACTIVE", "ERROR"], Patience);
        if (shown.Text("status") == "ACTIVE")
        {
            await server.AgreesAsync("ACTIVE");
            Assert.Equal("ACTIVE", Assert.Single(await server.PortsAsync()).Status);
            Assert.NotEmpty(await server.AllocationsAsync());
        }
        else
        {
            Assert.NotEmpty($"{shown["fault"]?["message"]}");
        }

        await server.DeleteAsync();
    }
}
