using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Options;

namespace NovaDocker.Adapters.Tests.Docker.Options;

/// <summary>Options that the Engine does not take: invalid, in its own words, and no container stays.</summary>
public sealed class RefusedOptionTests(OptionLab lab) : IClassFixture<OptionLab>
{
    private static readonly Dictionary<string, (KeyValuePair<string, OptionValue> Option, string Words)> Refused =
        new(StringComparer.Ordinal)
        {
            ["bind without a source"] = (Set.To(OptionKeys.Binds, "/novadocker-absent/a:/b:ro"), "bind source path does not exist"),
            ["bind twice"] = (Set.To(OptionKeys.Binds, "/tmp:/b:ro", "/etc:/b:ro"), "Duplicate mount point: /b"),
            ["cap-add"] = (Set.To(OptionKeys.CapAdd, "NOPE"), "unknown capability: \"CAP_NOPE\""),
            ["cpuset-cpus"] = (Set.To(OptionKeys.Cpuset, "4095"), "Requested CPUs are not available"),
            ["memory-swap below memory"] = (Set.To(OptionKeys.MemorySwap, 1 << 20), "memoryswap limit should be larger"),
            ["log-driver"] = (Set.To(OptionKeys.LogDriver, "nope"), "plugin \"nope\" not found"),
            ["link"] = (Set.To(OptionKeys.Links, "novadocker-absent:a"), "could not get container for novadocker-absent"),
            ["volumes-from"] = (Set.To(OptionKeys.VolumesFrom, "novadocker-absent:ro"), "No such container: novadocker-absent"),
            ["publish"] = (Set.To(OptionKeys.PublishedPorts, ":99999:80/tcp"), "invalid port specification: \"99999\""),
            ["add-host"] = (Set.To(OptionKeys.ExtraHosts, "a:nope"), "invalid IP address in add-host: \"nope\""),
            ["workdir"] = (Set.To(OptionKeys.WorkingDir, "nope"), "working directory 'nope' is invalid"),
            ["stop-signal"] = (Set.To(OptionKeys.StopSignal, "SIGNOPE"), "Invalid signal: SIGNOPE"),
            ["security-opt"] = (Set.To(OptionKeys.SecurityOptions, "nope=1"), "'nope=1' is nothing that the Engine could be asked for"),
        };

    public static TheoryData<string> Names => [.. Refused.Keys];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task What_the_Engine_refuses_is_invalid_in_its_own_words(string name)
    {
        await lab.OpenAsync();
        var spec = lab.Spec("true", Refused[name].Option);

        var e = await Assert.ThrowsAsync<EngineException>(() => lab.Engine.CreateContainerAsync(spec, default));

        Assert.Equal(EngineErrorKind.Invalid, e.Kind);
        Assert.Contains(Refused[name].Words, e.Message, StringComparison.Ordinal);
        Assert.Contains(spec.Name, e.Message, StringComparison.Ordinal);
        Assert.Null(await lab.Engine.FindContainerAsync(spec.Name, default));
        Assert.False(Directory.Exists("/novadocker-absent"));
    }

    /// <remarks>What shows at the start only the Engine answers with 500, whatever it was: it counts as if it might pass.</remarks>
    [SkippableTheory]
    [InlineData("device-request", "could not select device driver \"nope\" with capabilities: [[gpu]]")]
    [InlineData("device", "/dev/novadocker-absent")]
    [InlineData("user", "unable to find user nope")]
    public async Task What_fails_at_the_start_only_says_why(string name, string words)
    {
        await lab.OpenAsync();
        var option = name switch
        {
            "device" => Set.To(OptionKeys.Devices, "/dev/novadocker-absent:/dev/a:rwm"),
            "user" => Set.To(OptionKeys.User, "nope"),
            _ => Set.To(OptionKeys.DeviceRequests, """{"Driver":"nope","Count":1,"Capabilities":[["gpu"]]}"""),
        };
        var id = await lab.Engine.CreateContainerAsync(lab.Spec("true", option), default);

        var e = await Assert.ThrowsAsync<EngineException>(() => lab.Engine.StartContainerAsync(id, default));

        Assert.Equal(EngineErrorKind.Transient, e.Kind);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Equal(ContainerStatus.Created, (await lab.Engine.FindContainerAsync(id, default))!.Status);
    }

    [SkippableFact]
    public async Task A_bind_whose_source_has_gone_fails_at_the_start_and_nothing_is_made_in_its_place()
    {
        await lab.OpenAsync();
        var source = Directory.CreateTempSubdirectory("novadocker-bind-").FullName;
        var id = await lab.Engine.CreateContainerAsync(lab.Spec("true", Set.To(OptionKeys.Binds, $"{source}:/b:rw")), default);
        Directory.Delete(source);

        var e = await Assert.ThrowsAsync<EngineException>(() => lab.Engine.StartContainerAsync(id, default));

        Assert.Equal(EngineErrorKind.Invalid, e.Kind);
        Assert.Contains(source, e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(source));
    }
}
