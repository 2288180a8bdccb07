using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.OpenStack.Tests.Equipment;
using NovaDocker.Testing;

namespace NovaDocker.OpenStack.Tests;

/// <summary>Servers that become others: snapshots, other flavors, other images, rescue, and the shelf.</summary>
public sealed class ChangeTests(ComputeHost host) : CloudTests(host)
{
    [SkippableFact]
    public async Task What_a_server_wrote_is_in_a_server_of_its_snapshot()
    {
        var server = await Host.BootAsync("original");
        await server.WriteAsync("/written", "before the snapshot");
        var name = $"snapshot-{Host.Lab.Name}";
        var image = await Host.Demo.MakeAsync("server", "image", "create", "--name", name, server.Id);
        var shown = await Eventually.BecomesAsync(
            () => Host.Demo.AskAsync("image", "show", image), now => now.Text("status") is "active" or "killed", "the snapshot is whole",
            TimeSpan.FromSeconds(90));
        Assert.Equal(("active", "docker"), (shown.Text("status"), shown.Text("container_format")));
        await server.AgreesAsync("ACTIVE");

        var copy = await Host.BootAsync("copy", "--image", image);

        Assert.Equal("before the snapshot", await copy.ReadAsync("/written"));
        await copy.DeleteAsync();
        await server.DeleteAsync();
        await Host.Demo.DoAsync("image", "delete", image);
    }

    [SkippableFact]
    public async Task A_resize_changes_the_limits_and_keeps_the_files()
    {
        var server = await Host.BootAsync("resized");
        await server.WriteAsync("/kept", "through the resize");
        var address = await server.AddressAsync();

        await server.ActAsync("VERIFY_RESIZE", "resize", "--flavor", Host.LargerFlavor);
        Assert.Equal(2 * ComputeHost.MemoryMb, await server.MemoryLimitMbAsync());
        await server.ActAsync("ACTIVE", "resize confirm");

        await server.AgreesAsync("ACTIVE");
        Assert.Equal(2 * ComputeHost.MemoryMb, await server.MemoryLimitMbAsync());
        Assert.Equal(2 * ComputeHost.MemoryMb, (await server.AllocationsAsync())["MEMORY_MB"]);
        Assert.Equal("through the resize", await server.ReadAsync("/kept"));
        Assert.Equal(address, await server.AddressAsync());
        await server.DeleteAsync();
    }

    [SkippableFact]
    public async Task A_resize_that_is_taken_back_leaves_the_server_as_it_was()
    {
        var server = await Host.BootAsync("taken-back");
        await server.WriteAsync("/kept", "through both");
        var address = await server.AddressAsync();

        await server.ActAsync("VERIFY_RESIZE", "resize", "--flavor", Host.LargerFlavor);
        await server.ActAsync("ACTIVE", "resize revert");

        await server.AgreesAsync("ACTIVE");
        Assert.Equal(ComputeHost.MemoryMb, await server.MemoryLimitMbAsync());
        Assert.Equal(ComputeHost.MemoryMb, (await server.AllocationsAsync())["MEMORY_MB"]);
        Assert.Equal("through both", await server.ReadAsync("/kept"));
        Assert.Equal(address, await server.AddressAsync());
        await server.DeleteAsync();
    }

    [SkippableFact]
    public async Task A_rebuilt_server_has_another_image_and_the_same_ports()
    {
        var other = await Host.CreateImageAsync("rebuilt", $"echo of the other image; {ComputeHost.Waiting}");
        var server = await Host.BootAsync("rebuilt");
        await server.WriteAsync("/lost", "with the old container");
        var ports = await server.PortsAsync();

        await Host.Demo.DoAsync("server", "rebuild", "--image", other, server.Id);
        await server.BecomesAsync("ACTIVE");

        await server.AgreesAsync("ACTIVE");
        await Eventually.BecomesAsync(
            server.ConsoleAsync, said => said.Contains("of the other image", StringComparison.Ordinal), "the other image has spoken");
        Assert.NotEqual(0, (await server.InsideAsync("cat", "/lost")).ExitCode);
        Assert.Equal(ports.Select(port => (port.Id, port.Address)), (await server.PortsAsync()).Select(port => (port.Id, port.Address)));
        Assert.Contains(ports[0].Address, (await server.InsideAsync("busybox", "ip", "address")).Expect(0).Out, StringComparison.Ordinal);
        await server.DeleteAsync();
    }

    [SkippableFact]
    public async Task A_rescued_server_comes_back_with_its_files()
    {
        var rescue = await Host.CreateImageAsync("rescue", $"echo to the rescue; {ComputeHost.Waiting}");
        var server = await Host.BootAsync("rescued");
        await server.WriteAsync("/kept", "through the rescue");

        await server.ActAsync("RESCUE", "rescue", "--image", rescue);
        await Eventually.BecomesAsync(
            server.ConsoleAsync, said => said.Contains("to the rescue", StringComparison.Ordinal), "the image of the rescue has spoken");
        await server.ActAsync("ACTIVE", "unrescue");

        await server.AgreesAsync("ACTIVE");
        Assert.Equal("through the rescue", await server.ReadAsync("/kept"));
        await server.DeleteAsync();
    }

    [SkippableFact]
    public async Task A_server_deleted_during_its_rescue_leaves_nothing()
    {
        var server = await Host.BootAsync("rescued");
        await server.ActAsync("RESCUE", "rescue");

        await server.DeleteAsync();
    }

    [SkippableFact]
    public async Task A_shelved_server_holds_nothing_of_the_host_and_comes_back_with_its_files()
    {
        var server = await Host.BootAsync("shelved");
        await server.WriteAsync("/kept", "on the shelf");
        var address = await server.AddressAsync();

        await server.ActAsync("SHELVED_OFFLOADED", "shelve");
        Assert.Empty(await Host.Lab.EverythingOfAsync(server.Id));
        Assert.Empty(await server.AllocationsAsync());
        await server.ActAsync("ACTIVE", "unshelve");

        await server.AgreesAsync("ACTIVE");
        Assert.Equal("on the shelf", await server.ReadAsync("/kept"));
        Assert.Equal(address, await server.AddressAsync());
        await server.DeleteAsync();
    }
}
