using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Audit;

/// <summary>What the history tells of an instance's options: all that was settled, and no secret.</summary>
public sealed class BootHistoryTests
{
    [Fact]
    public void Options_are_told_with_their_origins()
    {
        var data = Data(Optioned.Spec);

        Assert.Equal(
            [
                "option.command=sleep 3600, from image property (os_command_line)",
                "option.env.TOKEN=(sealed), from metadata",
                "option.expose=22/tcp, from user data (ExposedPorts, line 4)",
                "option.log-opt=token=(sealed), from user data (log_config.config, line 5)",
                "option.memory=67108864, from user data (HostConfig.Memory, line 3)",
            ],
            data.Where(line => line.StartsWith("option.", StringComparison.Ordinal)));
    }

    [Fact]
    public void User_data_is_told_by_kind_digest_size_and_notes()
    {
        var data = Data(Optioned.Spec);

        Assert.Equal(
            [
                "userData=container options", "userDataBytes=812",
                "userDataNotes=Image is 'base'; the image is the one of the boot.", "userDataSha256=ab12",
            ],
            data.Where(line => line.StartsWith("userData", StringComparison.Ordinal)));
    }

    [Fact]
    public void Guest_data_is_told_to_be_left_to_the_metadata_service()
    {
        var data = Data(Sample.Spec with { UserData = new UserDataRecord(UserDataKind.CloudConfig, "ab12", 3, []) });

        Assert.Contains("userData=a #cloud-config document, left to the metadata service", data);
        Assert.DoesNotContain(data, line => line.StartsWith("userDataNotes", StringComparison.Ordinal));
    }

    [Fact]
    public void A_public_key_is_told_by_its_fingerprint() =>
        Assert.Contains("publicKey=SHA256:5pAf0AW4dUAin2k6jOwMlIWtJ72XSFFglSJWbug46Vs alice@host (ED25519)", Data(Optioned.Spec));

    [Fact]
    public void Ports_are_told_with_what_somebody_may_look_for_later() => Assert.Contains(
        $"port.1={PortSample.Second.Id}, fa:16:3e:00:00:02, 10.1.0.2, network blue, bridge brqblue",
        Data(Sample.Spec with { Vifs = [PortSample.First, PortSample.Second] }));

    [Fact]
    public void No_secret_is_told() => Assert.All(Data(Optioned.Spec), line =>
    {
        Assert.DoesNotContain(Sample.SecretText, line, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAAC3", line, StringComparison.Ordinal);
    });

    [Fact]
    public void Of_an_images_own_settings_the_names_are_told() => Assert.Contains(
        "imageSets=command env",
        Lines(EventDescription.Data(new StepCompleted(
            Header, new OperationId(Guid.Empty), StepKind.EnsureImage, 1,
            new StepResult.ImageReady("sha256:1", "", 0, "engine")
            {
                Defaults = Optioned.Options(
                    (OptionKeys.Command.Name, new OptionValue.Words(["sh"])),
                    (OptionKeys.Environment.Name, new OptionValue.Pairs(Optioned.Map(("PATH", "/bin"))))),
            }))));

    [Fact]
    public void A_view_tells_options_and_user_data()
    {
        var view = InstanceView.Of(new InstanceState.Resting(Optioned.Facts(Optioned.Spec), InstancePhase.Active));

        Assert.Equal(OptionViews.Of(Optioned.Facts(Optioned.Spec)), view!.Options);
        Assert.Equal(Optioned.Spec.UserData, view.UserData);
        Assert.DoesNotContain(Sample.SecretText, view.ToString(), StringComparison.Ordinal);
    }

    private static EventHeader Header => new(
        Guid.Empty, Guid.Empty, Sample.Id, Sample.Epoch, new("req-1", Sample.User), Sample.Host, InstancePhase.Absent, InstancePhase.Building);

    private static IReadOnlyList<string> Data(InstanceSpec spec) =>
        Lines(EventDescription.Data(new BootRequested(Header, new OperationId(Guid.Empty), [], spec, Sample.Image)));

    private static IReadOnlyList<string> Lines(Domain.Common.EquatableMap<string> data) =>
        [.. data.Select(pair => $"{pair.Key}={pair.Value}")];
}
