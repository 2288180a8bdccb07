using System.Text.Json.Nodes;
using NovaDocker.Actors.Docker;
using NovaDocker.Adapters.Tests.Docker.Options;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Adapters.Tests.Docker;

public abstract partial class ContainerEngineContract
{
    private const string Saying = """
        {"Entrypoint":["sh","-c"],"Cmd":["sleep","3600"],"Env":["PATH=/bin","A=1=2","EMPTY="],"User":"1:2","WorkingDir":"/w",
         "ExposedPorts":{"80/tcp":{},"22/tcp":{}},"Volumes":{"/data":{}},"StopSignal":"SIGUSR1",
         "Healthcheck":{"Test":["CMD-SHELL","exit 0"],"Interval":1500000000,"Timeout":2000000000,"StartPeriod":3000000000,"Retries":4}}
        """;

    [SkippableFact]
    public async Task An_image_tells_what_its_containers_are_made_with()
    {
        var engine = await ReadyAsync();
        await LoadAsync(engine, Saying);

        var defaults = (await engine.FindImageAsync($"{ImageTag}-saying", None))!.Defaults;

        Assert.Equal(
            Set.Of(
                Set.To(OptionKeys.Entrypoint, "sh", "-c"),
                Set.To(OptionKeys.Command, "sleep", "3600"),
                new(OptionKeys.Environment.Name, new OptionValue.Pairs(new([new("PATH", "/bin"), new("A", "1=2"), new("EMPTY", "")]))),
                Set.To(OptionKeys.User, "1:2"),
                Set.To(OptionKeys.WorkingDir, "/w"),
                Set.To(OptionKeys.ExposedPorts, "22/tcp", "80/tcp"),
                Set.To(OptionKeys.Volumes, "/data"),
                Set.To(OptionKeys.StopSignal, "SIGUSR1"),
                new(OptionKeys.HealthCheck.Name, new OptionValue.Check(new HealthCheck(
                    ["/bin/sh", "-c", "exit 0"], TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), 4)))),
            defaults);
    }

    [SkippableTheory]
    [InlineData("NONE")]
    [InlineData("CMD", "test", "-e", "/alive")]
    public async Task An_image_tells_of_a_health_check_that_is_off_or_a_command(params string[] test)
    {
        var engine = await ReadyAsync();
        await LoadAsync(engine, new JsonObject
        {
            ["Healthcheck"] = new JsonObject { ["Test"] = new JsonArray([.. test.Select(word => JsonValue.Create(word))]) },
        }.ToJsonString());

        var check = (await engine.FindImageAsync($"{ImageTag}-saying", None))!.Defaults.Get(OptionKeys.HealthCheck);

        Assert.Equal(HealthCheck.Off with { Command = test.Skip(1).ToEquatableArray() }, check?.Value);
    }

    [SkippableFact]
    public async Task What_an_image_says_at_great_length_is_left_out()
    {
        var engine = await ReadyAsync();
        var most = new string('x', EngineImage.LongestDefault - "A=".Length - 1);
        await LoadAsync(engine, $$"""{"Env":["A={{most}}"],"Cmd":["{{most}}","yyy"]}""");

        var defaults = (await engine.FindImageAsync($"{ImageTag}-saying", None))!.Defaults;

        Assert.Equal(most, defaults.Pairs(OptionKeys.Environment)["A"]);
        Assert.Null(defaults.Get(OptionKeys.Command));
    }

    [SkippableFact]
    public async Task A_committed_image_tells_what_its_container_was_made_with_but_of_an_instance_no_variable()
    {
        var engine = await ReadyAsync();
        var spec = Spec(Deaf) with
        {
            Options = Set.Of(
                Set.To(OptionKeys.Entrypoint, "env"), Set.To(OptionKeys.User, "1:2"), Set.To(OptionKeys.WorkingDir, "/w")),
        };
        spec = spec with { Environment = spec.Environment.Add("A", "1") };
        var id = await engine.CreateContainerAsync(spec, None);
        CommitSpec Commit(string tag) => new(id, $"novadocker-test-{_run}", tag, RunLabels, Pause: false);
        await engine.CommitContainerAsync(Commit("foreign"), None);
        await engine.CommitContainerAsync(
            Commit("ours") with { Labels = RunLabels.Add("org.novadocker.snapshot-id", "1") }, None);

        var foreign = (await engine.FindImageAsync($"novadocker-test-{_run}:foreign", None))!.Defaults;
        var ours = (await engine.FindImageAsync($"novadocker-test-{_run}:ours", None))!.Defaults;

        Assert.Equal(["env"], foreign.Words(OptionKeys.Entrypoint));
        Assert.Equal([.. Deaf], foreign.Words(OptionKeys.Command));
        Assert.Equal(("1:2", "/w"), (foreign.Text(OptionKeys.User), foreign.Text(OptionKeys.WorkingDir)));
        Assert.Equal("1", foreign.Pairs(OptionKeys.Environment)["A"]);
        Assert.Equal("1:2", ours.Text(OptionKeys.User));
        Assert.Null(ours.Get(OptionKeys.Environment));
    }

    [SkippableFact]
    public async Task A_container_has_the_labels_of_its_options_and_ours_above_them()
    {
        var engine = await ReadyAsync();
        var spec = Spec(Deaf, ("colour", "blue")) with
        {
            Options = Set.Of(
                new(OptionKeys.Labels.Name, new OptionValue.Pairs(new([
                    new("colour", "red"), new("shape", "round"), new("org.novadocker.host-id", "theirs")]))),
                Set.To(OptionKeys.Alias, "web")),
        };

        var labels = (await GetAsync(engine, await engine.CreateContainerAsync(spec, None))).Labels;

        Assert.Equal(("blue", "round", "web"), (labels["colour"], labels["shape"], labels["org.novadocker.alias"]));
        Assert.False(labels.ContainsKey("org.novadocker.host-id"));
    }

    [SkippableFact]
    public async Task What_an_option_needs_and_is_not_there_is_invalid()
    {
        var engine = await ReadyAsync();
        foreach (var option in new[]
        {
            Set.To(OptionKeys.Links, "novadocker-absent:a"),
            Set.To(OptionKeys.VolumesFrom, "novadocker-absent:ro"),
            Set.To(OptionKeys.Binds, "/novadocker-absent/a:/b:ro"),
        })
        {
            var spec = Spec(Deaf) with { Options = Set.Of(option) };

            await FailsAsync(EngineErrorKind.Invalid, () => engine.CreateContainerAsync(spec, None));

            Assert.Null(await engine.FindContainerAsync(spec.Name, None));
        }
    }

    [SkippableFact]
    public async Task A_network_that_is_not_there_is_not_found_at_the_start()
    {
        var engine = await ReadyAsync();
        var id = await engine.CreateContainerAsync(
            Spec(Deaf) with { Options = Set.Of(Set.To(OptionKeys.NetworkMode, "novadocker-absent")) }, None);

        await FailsAsync(EngineErrorKind.NotFound, () => engine.StartContainerAsync(id, None));

        Assert.Equal(ContainerStatus.Created, (await GetAsync(engine, id)).Status);
    }

    private Task LoadAsync(IContainerEngine engine, string saying)
    {
        var image = MakeImage($"{ImageTag}-saying", RunLabels).Saying(JsonNode.Parse(saying)!.AsObject());
        return engine.LoadImageAsync(new MemoryStream(image.ToBytes()), None);
    }
}
