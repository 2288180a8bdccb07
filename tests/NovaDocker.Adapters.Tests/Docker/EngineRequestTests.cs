using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NovaDocker.Actors.Docker;

namespace NovaDocker.Adapters.Tests.Docker;

/// <summary>What the Engine is asked for, word by word, where no answer of its would show it.</summary>
public sealed class EngineRequestTests
{
    [Theory]
    [InlineData("none")]
    [InlineData("")]
    public async Task A_container_is_asked_for_with_its_limits_and_without_a_restart_policy(string networkMode)
    {
        JsonNode? body = null;
        await using var stub = new StubEngine(async r =>
        {
            body = await r.ReadJsonAsync();
            await r.AnswerAsync(201, """{"Id":"c1","Warnings":[]}""");
        });
        await using var engine = TestEngine.Open(new EngineSettings { Host = stub.Address });

        var id = await engine.CreateContainerAsync(
            new ContainerSpec
            {
                Name = "nova-1",
                Image = "i:1",
                Hostname = "host",
                Labels = ImmutableSortedDictionary<string, string>.Empty.Add("a", "b"),
                Command = ["run", "it"],
                Environment = ImmutableSortedDictionary<string, string>.Empty.Add("KEY", "a=b"),
                MemoryBytes = 512L << 20,
                CpuShares = 2048,
                NanoCpus = 1_500_000_000,
                NetworkMode = networkMode,
            },
            CancellationToken.None);

        Assert.Equal("c1", id);
        Assert.Equal("POST /v1.41/containers/create?name=nova-1", stub.Requests[^1]);
        Assert.NotNull(body);
        Assert.Equal("i:1", Text(body["Image"]));
        Assert.Equal("host", Text(body["Hostname"]));
        Assert.Equal("b", Text(body["Labels"]?["a"]));
        Assert.Equal(["run", "it"], body["Cmd"]!.AsArray().Select(Text));
        Assert.Equal(["KEY=a=b"], body["Env"]!.AsArray().Select(Text));
        var host = body["HostConfig"]!;
        Assert.Equal(512L << 20, host["Memory"]!.GetValue<long>());
        Assert.Equal(512L << 20, host["MemorySwap"]!.GetValue<long>());
        Assert.Equal(2048, host["CpuShares"]!.GetValue<long>());
        Assert.Equal(1_500_000_000, host["NanoCpus"]!.GetValue<long>());
        Assert.Equal(networkMode, Text(host["NetworkMode"]));
        Assert.Equal("no", Text(host["RestartPolicy"]?["Name"]));
        Assert.True(string.IsNullOrEmpty(Text(host["LogConfig"]?["Type"])));
    }

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}
