using System.Text;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Tests.Scenarios.Optioned;

namespace NovaDocker.Domain.Tests.Options;

public sealed class OptionViewsTests
{
    private static readonly InstanceSpec Bare =
        Sample.Spec with { Command = [], Environment = EquatableMap<SealedValue>.Empty };

    [Fact]
    public void What_nobody_asked_for_comes_from_flavor_and_host() => Assert.Equal(
        [
            "cpu-shares=2048 flavor", "hostname=web-1 host", "memory=268435456 flavor", "network=none host",
        ],
        Told(Facts(Bare)));

    [Fact]
    public void What_was_asked_for_is_told_with_its_place() => Assert.Equal(
        [
            "command=sleep 3600 image property (os_command_line)",
            "cpu-shares=2048 flavor",
            "env.TOKEN=(sealed) metadata",
            "expose=22/tcp user data (ExposedPorts, line 4)",
            "hostname=web-1 host",
            "log-opt=token=(sealed) user data (log_config.config, line 5)",
            "memory=67108864 user data (HostConfig.Memory, line 3)",
            "network=none host",
        ],
        Told(Facts(Spec)));

    [Fact]
    public void What_the_request_says_itself_comes_from_it() => Assert.Equal(
        [
            "command=sleep 3600 request", "env.TOKEN=(sealed) request", "health=curl localhost request",
            "restart=on-failure:3 request",
        ],
        OptionViews.Of(Sample.Spec with
        {
            HealthCheck = HealthCheck.Off with { Command = ["curl", "localhost"] },
            Upkeep = UpkeepPolicy.None with { Restart = new RestartPolicy(RestartMode.OnFailure, 3) },
        }).Select(Told));

    [Fact]
    public void What_the_image_says_holds_where_nobody_else_says_anything()
    {
        var facts = Facts(
            Bare,
            (OptionKeys.Command.Name, new OptionValue.Words(["httpd", "-f"])),
            (OptionKeys.Entrypoint.Name, new OptionValue.Words(["/init"])),
            (OptionKeys.Environment.Name, new OptionValue.Pairs(Map(("PATH", "/bin"), ("LANG", "C")))),
            (OptionKeys.User.Name, new OptionValue.Text("www")));

        Assert.Equal(
            ["command=httpd -f image", "entrypoint=/init image", "env.LANG=C image", "env.PATH=/bin image", "user=www image"],
            Told(facts).Where(line => line.EndsWith(" image", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_variable_of_ours_hides_the_images_of_that_name_alone()
    {
        var facts = Facts(
            Sample.Spec, (OptionKeys.Environment.Name, new OptionValue.Pairs(Map(("PATH", "/bin"), ("TOKEN", "default")))));

        Assert.Equal(
            ["env.PATH=/bin image", "env.TOKEN=(sealed) request"],
            Told(facts).Where(line => line.StartsWith("env.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false, false, "command=httpd image; entrypoint=/init image")]
    [InlineData(true, false, "command=mine request; entrypoint=/init image")]
    [InlineData(false, true, "entrypoint=/mine user data (Entrypoint, line 1)")]
    [InlineData(true, true, "command=mine request; entrypoint=/mine user data (Entrypoint, line 1)")]
    public void An_entrypoint_takes_the_images_command_away_as_the_Engine_does(bool command, bool entrypoint, string told)
    {
        var spec = Bare with
        {
            Command = command ? ["mine"] : [],
            Options = entrypoint
                ? Optioned.Options((OptionKeys.Entrypoint.Name, new OptionValue.Words(["/mine"])))
                : ContainerOptions.None,
            Origins = Map((OptionKeys.Entrypoint.Name, From("Entrypoint, line 1"))),
        };
        var facts = Facts(
            spec,
            (OptionKeys.Command.Name, new OptionValue.Words(["httpd"])),
            (OptionKeys.Entrypoint.Name, new OptionValue.Words(["/init"])));

        Assert.Equal(told, string.Join("; ", Told(facts).Where(line =>
            line.StartsWith("command", StringComparison.Ordinal) || line.StartsWith("entrypoint", StringComparison.Ordinal))));
    }

    [Fact]
    public void What_the_Engine_unites_is_told_apart()
    {
        var spec = Bare with
        {
            Options = Optioned.Options(
                (OptionKeys.ExposedPorts.Name, new OptionValue.Words(["22/tcp"])),
                (OptionKeys.Labels.Name, new OptionValue.Pairs(Map(("a", "mine")))),
                (OptionKeys.Volumes.Name, new OptionValue.Words(["/v1"])),
                (OptionKeys.Binds.Name, new OptionValue.Words(["/srv:/v2:ro"])),
                (OptionKeys.Tmpfs.Name, new OptionValue.Pairs(Map(("/v3", ""))))),
        };
        var facts = Facts(
            spec,
            (OptionKeys.ExposedPorts.Name, new OptionValue.Words(["22/tcp", "80/tcp"])),
            (OptionKeys.Labels.Name, new OptionValue.Pairs(Map(("a", "its"), ("b", "its")))),
            (OptionKeys.Volumes.Name, new OptionValue.Words(["/v1", "/v2", "/v3", "/v4"])));

        Assert.Equal(
            [
                "bind=/srv:/v2:ro host", "expose=22/tcp host", "expose=80/tcp image", "label=a=mine host", "label=b=its image",
                "tmpfs=/v3= host", "volume=/v1 host", "volume=/v4 image",
            ],
            Told(facts).Where(line => "belt".Contains(line[0], StringComparison.Ordinal) || line[0] == 'v'));
    }

    [Fact]
    public void What_adds_nothing_to_ours_is_not_told() => Assert.DoesNotContain(
        Told(Facts(Spec, (OptionKeys.ExposedPorts.Name, new OptionValue.Words(["22/tcp"])))),
        line => line.EndsWith(" image", StringComparison.Ordinal));

    [Fact]
    public void A_health_check_of_ours_hides_the_images()
    {
        (string, OptionValue) image = (OptionKeys.HealthCheck.Name, new OptionValue.Check(HealthCheck.Off with { Command = ["its"] }));

        Assert.Contains("health=its image", Told(Facts(Bare, image)));
        Assert.Contains("health=off request", Told(Facts(Bare with { HealthCheck = HealthCheck.Off }, image)));
        Assert.DoesNotContain("health=its image", Told(Facts(Bare with { HealthCheck = HealthCheck.Off }, image)));
    }

    [Fact]
    public void An_image_that_says_much_does_not_burst_the_message()
    {
        var variables = Enumerable.Range(0, 1000).Select(i => ($"V{i:D4}", new string('日', 2000))).ToArray();
        var facts = Facts(Bare, (OptionKeys.Environment.Name, new OptionValue.Pairs(Map(variables))));

        var views = OptionViews.Of(facts);

        Assert.InRange(views.Sum(view => Encoding.UTF8.GetByteCount(view.Name + view.Value)), 16_000, 32_000);
        Assert.Matches(@"^…=\d+ more that the image sets image$", Told(views[^1]));
    }

    [Theory]
    [InlineData("x", 1025)]
    [InlineData("😀", 1025)]
    public void A_long_value_is_cut_between_two_characters(string character, int length)
    {
        var text = OptionViews.Text(new OptionValue.Text("y" + string.Concat(Enumerable.Repeat(character, 2000))));

        Assert.InRange(text.Length, length - 1, length);
        Assert.EndsWith(character + "…", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_form_of_value_has_a_text() => Assert.Equal(
        ["a", "-1", "on", "off", "a b", "a=b c=", "k=(sealed)", "off", "always"],
        new OptionValue[]
        {
            new OptionValue.Text("a"), new OptionValue.Number(-1), new OptionValue.Switch(true), new OptionValue.Switch(false),
            new OptionValue.Words(["a", "b"]), new OptionValue.Pairs(Map(("a", "b"), ("c", ""))),
            new OptionValue.SealedPairs(Map(("k", new SealedValue("id", "secret")))), new OptionValue.Check(HealthCheck.Off),
            new OptionValue.Restart(new RestartPolicy(RestartMode.Always, 0)),
        }.Select(OptionViews.Text));

    [Theory]
    [InlineData(OptionSource.Image, "", "image")]
    [InlineData(OptionSource.Host, "", "host")]
    [InlineData(OptionSource.Flavor, "", "flavor")]
    [InlineData(OptionSource.ImageProperty, "os_command_line", "image property (os_command_line)")]
    [InlineData(OptionSource.Metadata, "", "metadata")]
    [InlineData(OptionSource.UserData, "Cmd, line 2", "user data (Cmd, line 2)")]
    [InlineData(OptionSource.Request, "", "request")]
    public void An_origin_is_told_in_words(OptionSource source, string key, string words) =>
        Assert.Equal(words, new OptionOrigin(source, key).ToString());

    [Fact]
    public void Every_kind_of_user_data_is_told_in_words() => Assert.All(
        Enum.GetValues<UserDataKind>(),
        kind => Assert.Equal(
            kind != UserDataKind.ContainerOptions,
            UserDataRecord.Describe(kind).EndsWith(", left to the metadata service", StringComparison.Ordinal)));

    private static IReadOnlyList<string> Told(InstanceFacts facts) => [.. OptionViews.Of(facts).Select(Told)];

    private static string Told(OptionView view) => $"{view.Name}={view.Value} {view.Origin}";
}
