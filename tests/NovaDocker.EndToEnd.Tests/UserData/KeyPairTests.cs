using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;

namespace NovaDocker.EndToEnd.Tests.UserData;

/// <summary>The public key of Nova's key pair, in a container.</summary>
public sealed class KeyPairTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPSmYeyq2pn5h2hGKQ0d4rVJ8G2mZ9sY6m1eR0xV5Q1a demo@example";

    private const string Look =
        "stat -c '%a %u %n' /root/.ssh /root/.ssh/authorized_keys; cat /root/.ssh/authorized_keys; touch /root/.ssh/x; exec sleep 3600";

    [SkippableFact]
    public async Task A_key_is_there_read_only_and_goes_with_the_instance()
    {
        await using var lab = await Lab.StartAsync("instances.inject-key=on");
        var file = await lab.FileAsync("key.pub", Key + "\n");

        var id = (await lab.BootAsync("keyed", "--key-file", file, "--command", "sh", "-c", Look)).Text("id")!;

        var console = await lab.SaidAsync(id, "touch", Key);
        Assert.Contains("700 0 /root/.ssh\n600 0 /root/.ssh/authorized_keys\n", console, StringComparison.Ordinal);
        Assert.Contains(Key, console, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", console, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(lab.DataDirectory, "keys", id)));
        Assert.DoesNotContain("AAAAC3Nza", (await lab.RunAsync("history", id, "--json")).Expect(0).Out, StringComparison.Ordinal);

        await lab.Node.KillAsync();
        Directory.Delete(Path.Combine(lab.DataDirectory, "keys"), recursive: true);
        await lab.StartNodeAsync();
        await lab.Engine.RemoveContainerAsync($"nova-{id}");
        await lab.RestsAsync(id, InstancePhase.Error);
        await lab.DoAsync("start", id);
        Assert.True(File.Exists(Path.Combine(lab.DataDirectory, "keys", id, "authorized_keys")));

        await lab.DeleteAsync(id);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(lab.DataDirectory, "keys")));
    }

    [SkippableFact]
    public async Task Without_the_setting_no_key_is_brought_in()
    {
        await using var lab = await Lab.StartAsync();
        var file = await lab.FileAsync("key.pub", Key + "\n");

        var id = (await lab.BootAsync("unkeyed", "--key-file", file)).Text("id")!;

        Assert.Empty((await lab.Engine.ContainerAsync($"nova-{id}"))!.WithoutResolution()["Mounts"]!.AsArray());
        Assert.False(Directory.Exists(Path.Combine(lab.DataDirectory, "keys")));
        Assert.Equal(InstancePhase.Active, (await lab.Client.GetInstanceAsync(InstanceId.Parse(id)))!.Phase);
        await lab.DeleteAsync(id);
    }
}
