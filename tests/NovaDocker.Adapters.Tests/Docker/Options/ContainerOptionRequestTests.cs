using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Nodes;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Options;

namespace NovaDocker.Adapters.Tests.Docker.Options;

/// <summary>No option is forgotten: each changes what the Engine is asked for.</summary>
public sealed class ContainerOptionRequestTests
{
    /// <summary>Those that have a property of their own in the spec, and no other way.</summary>
    private static readonly string[] Elsewhere =
    [
        OptionKeys.Command.Name, OptionKeys.Environment.Name, OptionKeys.HealthCheck.Name, OptionKeys.RestartPolicy.Name,
        OptionKeys.SealedLogOptions.Name,
    ];

    public static TheoryData<string> Names =>
        [.. typeof(OptionKeys)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(key => key.GetValue(null)!.ToString()!)
            .Distinct()
            .Except(Elsewhere)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_option_changes_the_request(string name)
    {
        var row = Assert.Single(OptionRows.All, row => row.Name == name);
        var alone = row.OptionsFor("peer").Values.Single(value => value.Key == name);

        var without = await RequestAsync(Spec());
        var with = await RequestAsync(Spec() with { Options = Set.Of(alone) });

        Assert.False(JsonNode.DeepEquals(without, with), $"Nobody reads {name}.");
    }

    [Fact]
    public async Task Our_labels_are_ours_alone()
    {
        var options = Set.Of(new KeyValuePair<string, OptionValue>(
            OptionKeys.Labels.Name,
            new OptionValue.Pairs(new([
                new("org.novadocker.host-id", "theirs"), new("org.novadocker.other", "theirs"), new("ours", "theirs"),
                new("theirs", "theirs")]))));

        var request = await RequestAsync(Spec() with { Options = options });

        Assert.Equal("""{"org.novadocker.host-id":"ours","ours":"ours","theirs":"theirs"}""", Sorted(request["Labels"]!));
    }

    [Fact]
    public async Task On_a_network_that_somebody_made_aliases_and_links_belong_to_it()
    {
        var options = Set.Of(
            Set.To(OptionKeys.NetworkMode, "front"), Set.To(OptionKeys.Alias, "web"), Set.To(OptionKeys.Links, "peer:friend"));

        var request = await RequestAsync(Spec() with { Options = options });

        var endpoint = request["NetworkingConfig"]!["EndpointsConfig"]!["front"]!;
        Assert.Equal("""["web"]""", endpoint["Aliases"]!.ToJsonString());
        Assert.Equal("""["peer:friend"]""", endpoint["Links"]!.ToJsonString());
        Assert.Null(request["HostConfig"]!["Links"]);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("bridge")]
    [InlineData("host")]
    public async Task Elsewhere_there_are_no_aliases(string mode)
    {
        var options = Set.Of(Set.To(OptionKeys.NetworkMode, mode), Set.To(OptionKeys.Alias, "web"));

        Assert.Null((await RequestAsync(Spec() with { Options = options }))["NetworkingConfig"]);
    }

    [Fact]
    public async Task Paths_and_addresses_of_the_host_may_hold_colons()
    {
        var options = Set.Of(
            Set.To(OptionKeys.Binds, "/a:b:/c:ro"), Set.To(OptionKeys.PublishedPorts, "fd00::1:80:8080/tcp"),
            Set.To(OptionKeys.Devices, "/dev/a:b:/dev/c:rw"));

        var host = (await RequestAsync(Spec() with { Options = options }))["HostConfig"]!;

        Assert.Equal("/a:b", host["Mounts"]![0]!["Source"]!.GetValue<string>());
        Assert.Equal("/dev/a:b", host["Devices"]![0]!["PathOnHost"]!.GetValue<string>());
        Assert.Equal("""[{"HostIp":"fd00::1","HostPort":"80"}]""", host["PortBindings"]!["8080/tcp"]!.ToJsonString());
    }

    [Theory]
    [InlineData("bind", "/a")]
    [InlineData("device", "/dev/a:rwm")]
    [InlineData("publish", "80")]
    [InlineData("ulimit", "nofile")]
    [InlineData("ulimit", "nofile=a:b")]
    [InlineData("ulimit", "nofile=1")]
    [InlineData("ulimit", "nofile=1:99999999999999999999")]
    [InlineData("device-request", "nope")]
    [InlineData("device-request", "[]")]
    [InlineData("device-request", "null")]
    [InlineData("security-opt", "nope")]
    public async Task A_value_without_its_form_is_invalid_and_the_Engine_is_not_asked(string name, string word)
    {
        await using var stub = new StubEngine(r => r.AnswerAsync(201, """{"Id":"c1","Warnings":[]}"""));
        await using var engine = TestEngine.Open(new EngineSettings { Host = stub.Address });
        var options = Set.Of(new KeyValuePair<string, OptionValue>(name, new OptionValue.Words([word])));

        var e = await Assert.ThrowsAsync<EngineException>(
            () => engine.CreateContainerAsync(Spec() with { Options = options }, default));

        Assert.Equal(EngineErrorKind.Invalid, e.Kind);
        Assert.Empty(stub.Requests);
    }

    private static async Task<JsonNode> RequestAsync(ContainerSpec spec)
    {
        JsonNode? body = null;
        await using var stub = new StubEngine(async r =>
        {
            body = await r.ReadJsonAsync();
            await r.AnswerAsync(201, """{"Id":"c1","Warnings":[]}""");
        });
        await using var engine = TestEngine.Open(new EngineSettings { Host = stub.Address });
        await engine.CreateContainerAsync(spec, default);
        return body!;
    }

    private static ContainerSpec Spec() => new()
    {
        Name = "nova-1",
        Image = "i:1",
        Hostname = "host",
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("ours", "ours").Add("org.novadocker.host-id", "ours"),
        MemoryBytes = 64 << 20,
        CpuShares = 1024,
        NanoCpus = 0,
        NetworkMode = "none",
    };

    private static string Sorted(JsonNode labels) =>
        new JsonObject(labels.AsObject().OrderBy(l => l.Key, StringComparer.Ordinal)
            .Select(l => KeyValuePair.Create(l.Key, l.Value?.DeepClone()))).ToJsonString();
}
