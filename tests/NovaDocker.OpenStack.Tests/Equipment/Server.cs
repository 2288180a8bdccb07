using System.Text.Json.Nodes;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;

namespace NovaDocker.OpenStack.Tests.Equipment;

/// <summary>A server of the user demo, seen from all sides: Nova, Neutron, Placement, the node, the Engine, and from inside.</summary>
public sealed class Server(ComputeHost host, string id)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>What the Engine's container of a server is doing, by Nova's status.</summary>
    private static readonly Dictionary<string, string> EngineStates = new()
    {
        ["ACTIVE"] = "running", ["VERIFY_RESIZE"] = "running", ["SHUTOFF"] = "exited", ["PAUSED"] = "paused", ["SUSPENDED"] = "paused",
    };

    /// <summary>What the node says of it, by Nova's status.</summary>
    private static readonly Dictionary<string, string> NodeStates = new()
    {
        ["ACTIVE"] = "active", ["SHUTOFF"] = "stopped", ["PAUSED"] = "paused", ["SUSPENDED"] = "suspended",
    };

    /// <summary>Its id, which is the instance's as well.</summary>
    public string Id => id;

    /// <summary>The server as Nova shows it.</summary>
    public Task<JsonNode> ShowAsync() => host.Demo.AskAsync("server", "show", id);

    /// <summary>Waits until Nova says that it has a status and that nothing is under way with it.</summary>
    public Task<JsonNode> BecomesAsync(string status, TimeSpan? within = null) => EndsAsync([status], within);

    /// <summary>Waits until it has one of these statuses and nothing is under way; an error that is none of them ends the wait.</summary>
    public async Task<JsonNode> EndsAsync(string[] statuses, TimeSpan? within = null)
    {
        var shown = await Eventually.BecomesAsync(
            ShowAsync,
            server => server["OS-EXT-STS:task_state"] is null
                && (statuses.Contains(server.Text("status")) || server.Text("status") == "ERROR"),
            $"server {id} is {string.Join(" or ", statuses)}",
            within ?? Patience);
        Assert.True(statuses.Contains(shown.Text("status")), $"{string.Join(" or ", statuses)} was expected of {shown.ToJsonString()}");
        return shown;
    }

    /// <summary>Has Nova do something, such as <c>pause</c>, and waits until it says that it has this status.</summary>
    public async Task ActAsync(string status, string verb, params string[] options)
    {
        await host.Demo.DoAsync(["server", .. verb.Split(' '), .. options, id]);
        await BecomesAsync(status);
    }

    /// <summary>Waits until Nova, the node and the Engine say the same of it.</summary>
    public async Task AgreesAsync(string status)
    {
        await BecomesAsync(status);
        if (NodeStates.TryGetValue(status, out var state))
        {
            await Eventually.BecomesAsync(
                async () => (await host.Lab.DoAsync("show", id)).Text("state"), said => said == state,
                $"the node says that {id} is {state}");
        }

        if (EngineStates.TryGetValue(status, out var engine))
        {
            var container = await ContainerAsync();
            Assert.True(
                container?["State"]!.Text("Status") == engine, $"{engine} was expected of {container?.ToJsonString() ?? "no container"}");
        }
    }

    /// <summary>Its container as the Engine describes it; null where there is none.</summary>
    public Task<JsonNode?> ContainerAsync() => host.Lab.Engine.ContainerAsync($"nova-{id}");

    /// <summary>Its container's limit of memory, MiB.</summary>
    public async Task<long> MemoryLimitMbAsync() => (await ContainerAsync())!["HostConfig"]!.Number("Memory") >> 20;

    /// <summary>Runs a program inside.</summary>
    public async Task<CommandResult> InsideAsync(params string[] line)
    {
        await using var run = ProgramRun.Start("docker", ["--host", host.EngineAddress, "exec", $"nova-{id}", .. line]);
        return await run.EndAsync();
    }

    /// <summary>Writes a file inside.</summary>
    public async Task WriteAsync(string path, string text) => (await InsideAsync("sh", "-c", $"echo '{text}' > {path}")).Expect(0);

    /// <summary>Reads a file inside.</summary>
    public async Task<string> ReadAsync(string path) => (await InsideAsync("cat", path)).Expect(0).Out.TrimEnd();

    /// <summary>What it gets of an address by HTTP, without the headers; nothing where that does not answer.</summary>
    /// <remarks>A busybox that is linked statically cannot look names up, and its <c>wget</c> ends with a fault over it.</remarks>
    public async Task<string> FetchAsync(string address, int port, string path)
    {
        var request = $"printf 'GET {path} HTTP/1.0\\r\\nHost: {address}\\r\\n\\r\\n' | busybox nc -w 3 {address} {port}";
        var answer = (await InsideAsync("sh", "-c", request)).Out.ReplaceLineEndings("\n");
        var body = answer.IndexOf("\n\n", StringComparison.Ordinal);
        return body < 0 ? "" : answer[(body + 2)..];
    }

    /// <summary>What its console shows, by Nova.</summary>
    public async Task<string> ConsoleAsync() => (await host.Demo.DoAsync("console", "log", "show", id)).Out;

    /// <summary>Its ports, as Neutron lists them, also when Nova has the server no more.</summary>
    public async Task<IReadOnlyList<Port>> PortsAsync() =>
    [
        .. (await host.Bed!.GetAsync("neutron", $"/v2.0/ports?device_id={id}"))!["ports"]!.AsArray().Select(port => new Port(
            port!.Text("id")!, port!.Text("mac_address")!, port!["fixed_ips"]![0]!.Text("ip_address")!, port.Text("status")!)),
    ];

    /// <summary>The address of its only port.</summary>
    public async Task<string> AddressAsync() => Assert.Single(await PortsAsync()).Address;

    /// <summary>What Placement has given to it, by class.</summary>
    public async Task<IReadOnlyDictionary<string, long>> AllocationsAsync()
    {
        var allocations = (await host.Bed!.GetAsync("placement", $"/allocations/{id}"))!["allocations"]!.AsObject();
        return allocations.SelectMany(provider => provider.Value!["resources"]!.AsObject())
            .GroupBy(resource => resource.Key, resource => resource.Value!.GetValue<long>())
            .ToDictionary(group => group.Key, group => group.Sum());
    }

    /// <summary>Deletes it, and expects that nothing of it is left anywhere.</summary>
    public async Task DeleteAsync()
    {
        var ports = await PortsAsync();
        await host.Demo.DoAsync("server", "delete", id);
        await IsGoneAsync(ports);
    }

    /// <summary>Waits until neither Nova nor Neutron, Placement, the Engine or the machine has anything of it.</summary>
    public async Task IsGoneAsync(IReadOnlyList<Port> ports)
    {
        await Eventually.BecomesAsync(
            () => host.Demo.RunAsync("server", "show", id), shown => shown.ExitCode != 0, $"server {id} is gone", Patience);
        await Eventually.BecomesAsync(
            async () => string.Join(' ', await LeftAsync(ports)), left => left.Length == 0, $"nothing is left of server {id}", Patience);
    }

    private async Task<IReadOnlyList<string>> LeftAsync(IReadOnlyList<Port> ports)
    {
        var links = await Machine.DevicesAsync();
        return
        [
            .. await host.Lab.EverythingOfAsync(id),
            .. links.Where(link => ports.Any(port => link.EndsWith(port.Device[3..], StringComparison.Ordinal))),
            .. (await AllocationsAsync()).Select(allocation => $"{allocation.Value} of {allocation.Key}"),
            .. (await PortsAsync()).Select(port => $"port {port.Id}"),
        ];
    }
}

/// <summary>A port of a server.</summary>
/// <param name="Id">Neutron's id.</param>
/// <param name="MacAddress">Its address below.</param>
/// <param name="Address">Its first address above.</param>
/// <param name="Status">What Neutron says of it.</param>
public sealed record Port(string Id, string MacAddress, string Address, string Status)
{
    /// <summary>The name that its device has on this machine.</summary>
    public string Device => $"tap{Id[..11]}";
}
