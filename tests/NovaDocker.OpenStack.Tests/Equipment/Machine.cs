using System.Text.Json.Nodes;
using NovaDocker.EndToEnd.Tests.Equipment;

namespace NovaDocker.OpenStack.Tests.Equipment;

/// <summary>The machine that all this runs on.</summary>
public static class Machine
{
    /// <summary>The names of its devices.</summary>
    public static async Task<IReadOnlySet<string>> DevicesAsync() =>
        (await LinksAsync()).Select(link => link!.Text("ifname")!).ToHashSet();

    /// <summary>The bridge that a device is in; null where it is in none, or is not there.</summary>
    public static async Task<string?> BridgeOfAsync(string device) =>
        (await LinksAsync()).FirstOrDefault(link => link!.Text("ifname") == device)?.Text("master");

    private static async Task<JsonArray> LinksAsync()
    {
        await using var run = ProgramRun.Start("ip", ["-json", "link", "show"]);
        return JsonNode.Parse((await run.EndAsync()).Expect(0).Out)!.AsArray();
    }
}
