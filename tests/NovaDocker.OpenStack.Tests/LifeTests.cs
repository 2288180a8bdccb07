using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.OpenStack.Tests.Equipment;
using NovaDocker.Testing;

namespace NovaDocker.OpenStack.Tests;

/// <summary>What a user does with a server by Nova, and what becomes of its container.</summary>
public sealed class LifeTests(ComputeHost host) : CloudTests(host)
{
    [SkippableFact]
    public async Task An_image_saved_by_docker_boots_as_a_server()
    {
        var name = $"saved-{Host.Lab.Name}";
        var archive = await Host.ArchiveAsync("saved", $"echo {ComputeHost.Greeting}; {ComputeHost.Waiting}");
        await using var run = ProgramRun.Start(
            "/bin/sh",
            [
                "-ec", """
                    docker load --quiet --input "$1"
                    docker tag "$2:1" "$3"
                    docker save "$3" | /usr/bin/openstack image create --container-format docker --disk-format raw "$3"
                    docker rmi "$3" "$2:1"
                    """,
                "sh", archive, Host.Lab.Name, name,
            ],
            new Dictionary<string, string>(Host.Bed!.Cloud.EnvironmentOf(Host.Demo.User)) { ["DOCKER_HOST"] = Host.EngineAddress });
        (await run.EndAsync()).Expect(0);

        var server = await Host.BootAsync("saved", "--image", name);

        await server.AgreesAsync("ACTIVE");
        Assert.Equal(ComputeHost.MemoryMb, await server.MemoryLimitMbAsync());
        Assert.Equal(
            new Dictionary<string, long> { ["VCPU"] = 1, ["MEMORY_MB"] = ComputeHost.MemoryMb, ["DISK_GB"] = 1 },
            await server.AllocationsAsync());
        await server.DeleteAsync();
        await Host.Demo.DoAsync("image", "delete", name);
    }

    [SkippableFact]
    public async Task Every_state_of_Novas_is_one_of_the_container()
    {
        var server = await Host.BootAsync("states");
        await server.WriteAsync("/kept", "through all of it");
        var began = (await server.ContainerAsync())!["State"]!.Text("StartedAt");
        await Eventually.BecomesAsync(
            server.ConsoleAsync, said => said.Contains(ComputeHost.Greeting, StringComparison.Ordinal), "the console has the greeting");

        foreach (var (verb, status) in new[]
        {
            ("pause", "PAUSED"), ("unpause", "ACTIVE"), ("suspend", "SUSPENDED"), ("resume", "ACTIVE"), ("stop", "SHUTOFF"),
            ("start", "ACTIVE"),
        })
        {
            await server.ActAsync(status, verb);
            await server.AgreesAsync(status);
            Assert.Equal(verb == "start", (await server.ContainerAsync())!["State"]!.Text("StartedAt") != began);
        }

        Assert.Equal("through all of it", await server.ReadAsync("/kept"));
        await server.DeleteAsync();
    }

    [SkippableTheory]
    [InlineData("--soft")]
    [InlineData("--hard")]
    public async Task A_reboot_starts_the_process_anew_and_keeps_files_and_address(string kind)
    {
        var server = await Host.BootAsync("rebooted");
        await server.WriteAsync("/kept", kind);
        var before = (await server.ContainerAsync())!["State"]!.Text("StartedAt");
        var address = await server.AddressAsync();

        await Host.Demo.DoAsync("server", "reboot", kind, server.Id);

        await Eventually.BecomesAsync(
            server.ContainerAsync, now => now!["State"]!.Text("StartedAt") != before, "the process was started anew");
        await server.AgreesAsync("ACTIVE");
        Assert.Equal(kind, await server.ReadAsync("/kept"));
        Assert.Equal(address, await server.AddressAsync());
        Assert.Contains(address, (await server.InsideAsync("busybox", "ip", "address")).Expect(0).Out, StringComparison.Ordinal);
        await server.DeleteAsync();
    }

    [SkippableFact]
    public async Task A_locked_server_is_not_stopped_by_its_user()
    {
        var server = await Host.BootAsync("locked");
        await Host.Admin.DoAsync("server", "lock", server.Id);

        Assert.NotEqual(0, (await Host.Demo.RunAsync("server", "stop", server.Id)).ExitCode);

        await server.AgreesAsync("ACTIVE");
        await Host.Admin.DoAsync("server", "unlock", server.Id);
        await server.ActAsync("SHUTOFF", "stop");
        await server.DeleteAsync();
    }

    [SkippableFact]
    public async Task Properties_and_a_key_pair_come_with_the_server()
    {
        var server = await Host.BootAsync("described", "--property", "role=web", "--key-name", Host.KeyPair);

        var shown = await server.ShowAsync();
        Assert.Equal("web", shown["properties"]!.Text("role"));
        Assert.Equal(Host.KeyPair, shown.Text("key_name"));
        Assert.Contains("role=web\n", (await server.InsideAsync("busybox", "env")).Expect(0).Out, StringComparison.Ordinal);
        var key = (await Host.Demo.DoAsync("keypair", "show", "--public-key", Host.KeyPair)).Out;
        Assert.Equal(key.Trim(), await server.ReadAsync("/root/.ssh/authorized_keys"));
        await server.DeleteAsync();
    }

    [SkippableFact]
    public async Task A_server_deleted_while_it_is_off_leaves_nothing()
    {
        var server = await Host.BootAsync("off");
        await server.ActAsync("SHUTOFF", "stop");

        await server.DeleteAsync();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deleted_server_can_be_taken_back_where_Nova_waits_before_it_lets_go(bool isRescued)
    {
        await Host.Bed!.DoAsync("set-nova", "DEFAULT/reclaim_instance_interval=3600");
        try
        {
            await Host.IsKnownAsync();
            var server = await Host.BootAsync("taken-back");
            await server.WriteAsync("/kept", "after all");
            if (isRescued)
                await server.ActAsync("RESCUE", "rescue");

            await Host.Demo.DoAsync("server", "delete", server.Id);
            await Eventually.BecomesAsync(
                () => Host.Demo.RunAsync("server", "show", server.Id),
                shown => shown.ExitCode != 0 || shown.Out.Contains("SOFT_DELETED", StringComparison.Ordinal),
                "the server is deleted for now");
            await Eventually.BecomesAsync(
                server.ContainerAsync, now => now!["State"]!.Text("Status") != "running", "its process has ended");
            await Host.Admin.DoAsync("server", "restore", server.Id);

            await server.AgreesAsync("ACTIVE");
            Assert.Equal("after all", await server.ReadAsync("/kept"));
            var ports = await server.PortsAsync();
            await Host.Admin.DoAsync("server", "delete", "--force", server.Id);
            await server.IsGoneAsync(ports);
        }
        finally
        {
            await Host.Bed!.DoAsync("set-nova");
            await Host.IsKnownAsync();
        }
    }
}
