using NovaDocker.OpenStack.Tests.Equipment;

namespace NovaDocker.OpenStack.Tests;

/// <summary>Boots that cannot be, and processes that end: what the user is told, and what is left.</summary>
public sealed class FaultTests(ComputeHost host) : CloudTests(host)
{
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(20);

    [SkippableTheory]
    [InlineData("broken", "Env: [", "line 1")]
    [InlineData("unknown", "NoSuchOption: true", "NoSuchOption")]
    [InlineData("forbidden", "Privileged: true", "Privileged")]
    [InlineData("outside", "volumes: {/etc: /etc}", "/etc")]
    public async Task A_server_with_faulty_user_data_is_in_error_and_says_why(string name, string userData, string expected)
    {
        var server = await Host.BeginAsync(name, "--user-data", await Host.Lab.FileAsync($"{name}.data", userData));

        await FailsAsync(server, expected);
    }

    [SkippableFact]
    public async Task An_image_that_is_no_archive_ends_in_an_error_that_names_it()
    {
        var file = await Host.Lab.FileAsync("broken.tar", "this is no archive");
        var image = await Host.Demo.MakeAsync(
            "image", "create", "--container-format", "docker", "--disk-format", "raw", "--file", file, $"broken-{Host.Lab.Name}");
        var server = await Host.BeginAsync("no-archive", "--image", image);

        await FailsAsync(server, "it is not a tar archive at all");
        await Host.Demo.DoAsync("image", "delete", image);
    }

    [SkippableFact]
    public async Task An_image_of_another_container_format_is_refused()
    {
        var file = await Host.Lab.FileAsync("bare.img", "for a hypervisor");
        var image = await Host.Demo.MakeAsync(
            "image", "create", "--container-format", "bare", "--disk-format", "raw", "--file", file, $"bare-{Host.Lab.Name}");
        var server = await Host.BeginAsync("bare", "--image", image);

        await FailsAsync(server, "container format 'bare'");
        await Host.Demo.DoAsync("image", "delete", image);
    }

    [SkippableFact]
    public async Task A_network_whose_bridge_is_missing_and_is_not_to_be_made_is_an_error_that_names_it()
    {
        // Without DHCP, whose agent would make the bridge for itself.
        var network = $"bridgeless-{Host.Lab.Name}";
        await Host.CreateNetworkAsync(network, "198.51.100.0/28", "--no-dhcp");
        await WithNodeAsync("networks.create-bridges=off", async () =>
        {
            var server = await Host.BeginAsync("bridgeless", "--network", network);

            await FailsAsync(server, "there is no such bridge");
        });
    }

    [SkippableFact]
    public async Task A_process_that_ends_at_once_is_an_error_with_its_last_words()
    {
        var image = await Host.CreateImageAsync("short", "echo that was all; exit 3");
        // It ends in time also where the machine is slow; the boot ends with it.
        await WithNodeAsync("instances.boot-watch=30s", async () =>
        {
            var server = await Host.BeginAsync("short", "--image", image);

            await FailsAsync(server, "exit 3. Its last words: that was all");
        });
    }

    [SkippableFact]
    public async Task A_process_that_ends_soon_leaves_the_server_off_and_its_last_words_on_the_console()
    {
        var image = await Host.CreateImageAsync("soon", "sleep 20; echo that was all; exit 3");
        var server = await Host.BeginAsync("soon", "--image", image);

        await server.BecomesAsync("SHUTOFF");

        await server.AgreesAsync("SHUTOFF");
        Assert.Contains("that was all", await server.ConsoleAsync(), StringComparison.Ordinal);
        await server.DeleteAsync();
    }

    [SkippableFact]
    public async Task A_container_that_is_killed_is_off_in_Nova_within_seconds_and_can_be_started()
    {
        var server = await Host.BootAsync("killed");

        await Host.Lab.Engine.KillContainerAsync($"nova-{server.Id}");

        // Nova compares by itself every ten minutes only.
        await server.BecomesAsync("SHUTOFF", Seconds);
        await server.ActAsync("ACTIVE", "start");
        await server.AgreesAsync("ACTIVE");
        await server.DeleteAsync();
    }

    [SkippableFact]
    public async Task A_process_that_ends_by_itself_is_off_in_Nova_within_seconds()
    {
        var image = await Host.CreateImageAsync("waiting", "while [ ! -e /go ]; do sleep 1; done; echo gone");
        var server = await Host.BootAsync("waiting", "--image", image);

        await server.WriteAsync("/go", "now");

        await server.BecomesAsync("SHUTOFF", Seconds);
        Assert.Contains("gone", await server.ConsoleAsync(), StringComparison.Ordinal);
        await server.DeleteAsync();
    }

    /// <summary>Waits until a server is in error, and shows that it says why, leaves nothing on the host, and can be deleted.</summary>
    private async Task FailsAsync(Server server, string reason)
    {
        var shown = await server.EndsAsync(["ERROR"]);

        Assert.Contains(reason, $"{shown["fault"]?["message"]}", StringComparison.Ordinal);
        Assert.Empty(await Host.Lab.EverythingOfAsync(server.Id));
        await server.DeleteAsync();
    }

    /// <summary>Does something while the host's node runs with another setting.</summary>
    private async Task WithNodeAsync(string setting, Func<Task> action)
    {
        await RestartNodeAsync(setting);
        try
        {
            await action();
        }
        finally
        {
            await RestartNodeAsync();
        }
    }

    private async Task RestartNodeAsync(params string[] settings)
    {
        await Host.Lab.Node.KillAsync();
        await Host.Lab.StartNodeAsync(settings);
        await Host.Lab.EngineAnswersAsync();
    }
}
