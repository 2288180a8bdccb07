using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Domain.Tests.Scenarios;

/// <summary>Instances with container options, as a boot with user data leaves them.</summary>
internal static class Optioned
{
    public const string Key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIK83cYefCeP87/OEeL03FBQan9nwoWqV+op5BcJGxdj alice@host";

    public static readonly InstanceSpec Spec = Sample.Spec with
    {
        Options = Options(
            (OptionKeys.Memory.Name, new OptionValue.Number(64L << 20)),
            (OptionKeys.ExposedPorts.Name, new OptionValue.Words(["22/tcp"])),
            (OptionKeys.SealedLogOptions.Name, new OptionValue.SealedPairs(Map(("token", new SealedValue("key-1", Sample.SecretText)))))),
        Origins = Map(
            (OptionKeys.Memory.Name, From("HostConfig.Memory, line 3")),
            (OptionKeys.ExposedPorts.Name, From("ExposedPorts, line 4")),
            (OptionKeys.SealedLogOptions.Name, From("log_config.config, line 5")),
            (OptionKeys.Command.Name, new OptionOrigin(OptionSource.ImageProperty, "os_command_line")),
            ("env.TOKEN", new OptionOrigin(OptionSource.Metadata, ""))),
        UserData = new UserDataRecord(UserDataKind.ContainerOptions, "ab12", 812, ["Image is 'base'; the image is the one of the boot."]),
        PublicKey = Key,
    };

    public static InstanceFacts Facts(InstanceSpec spec, params (string Name, OptionValue Value)[] image) => new(
        Sample.Id, 9, spec, Sample.Image, Sample.Host, Sample.User, Sample.Epoch, Sample.Epoch, null, null, null, null, null, [])
    {
        ImageDefaults = Options(image),
    };

    public static OptionOrigin From(string key) => new(OptionSource.UserData, key);

    public static ContainerOptions Options(params (string Name, OptionValue Value)[] options) => new(Map(options));

    public static EquatableMap<T> Map<T>(params (string Name, T Value)[] entries)
        where T : IEquatable<T> => new(entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Value)));
}
