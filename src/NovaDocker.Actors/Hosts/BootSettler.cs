using System.Security.Cryptography;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Secrets;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.Domain.Vifs;
using NovaDocker.UserData;
using NovaDocker.UserData.Policy;
using NovaDocker.UserData.Settling;

namespace NovaDocker.Actors.Hosts;

/// <summary>
/// Makes an instance's spec of what the commander wants, the image says, and the policy of this host allows; with secrets
/// sealed, as it may lie in the journal.
/// </summary>
/// <param name="policy">What user data may ask for.</param>
/// <param name="paths">The file system of this host.</param>
/// <param name="secrets">Seals values.</param>
/// <param name="injectKeys">True where public keys are brought into containers.</param>
/// <param name="contents">Keeps the files that come along; null where the Engine runs elsewhere, and could not bind them.</param>
internal sealed class BootSettler(
    ContainerPolicy policy, IHostPaths paths, ISecretBox secrets, bool injectKeys, InstanceContents? contents)
{
    /// <summary>The longest reason, characters.</summary>
    private const int MaxReason = 16_000;

    /// <summary>Names and values of image properties that an event still holds, characters.</summary>
    private const int MaxProperties = 16_000;

    /// <summary>The answer: <see cref="HostProtocol.BootAdmitted"/> or <see cref="InstanceProtocol.Refused"/>.</summary>
    public object Settle(HostProtocol.AdmitBoot admit, ImageDescription image, HostCapacity capacity)
    {
        var boot = admit.Boot;
        var reading = boot.UserData.IsEmpty ? null : UserDataReader.Read(boot.UserData);
        var publicKey = injectKeys ? boot.PublicKey : null;
        var settled = BootSettling.Settle(
            new BootWish(boot.MemoryMb, boot.Vcpus)
            {
                ImageProperties = image.Properties,
                Metadata = boot.Metadata,
                UserData = reading,
                Command = boot.Command,
                Environment = boot.Environment,
                HealthCheck = boot.HealthCheck,
                Restart = boot.Upkeep.Restart,
                HasKey = publicKey is not null,
            },
            new HostTerms(policy, paths, capacity.Processors) { FindInstance = name => Find(admit, name) });
        if (!settled.Faults.IsEmpty)
        {
            return new InstanceProtocol.Refused(
                boot.InstanceId,
                settled.IsForbidden ? RefusalCode.PolicyForbids : RefusalCode.InvalidUserData,
                ReasonOf(settled.Faults));
        }

        var spec = SpecOf(boot, settled) with
        {
            UserData = reading is null ? null : RecordOf(boot, reading.Kind, settled.Notes),
            PublicKey = publicKey,
        };
        var problems = InstanceSpecRules.Problems(spec);
        return problems.Count > 0
            ? new InstanceProtocol.Refused(boot.InstanceId, RefusalCode.InvalidArgument, string.Join(' ', problems))
            : new HostProtocol.BootAdmitted(boot.InstanceId, Resolved(image), spec);
    }

    /// <summary>A settled boot with its ports; refused where its options speak of another network.</summary>
    public static object WithPorts(HostProtocol.BootAdmitted settled, EquatableArray<Vif> vifs)
    {
        var options = settled.Spec.Options;
        var spec = settled.Spec with { Vifs = vifs };
        var conflicts = new[]
        {
            options.Text(OptionKeys.NetworkMode) is { } mode and not "none" ? $"{OptionKeys.NetworkMode} is '{mode}'" : null,
            options.Words(OptionKeys.PublishedPorts).IsEmpty ? null : $"{OptionKeys.PublishedPorts} is set",
            options.IsOn(OptionKeys.PublishAllPorts) ? $"{OptionKeys.PublishAllPorts} is on" : null,
            options.Words(OptionKeys.Links).IsEmpty ? null : $"{OptionKeys.Links} is set",
        }.OfType<string>().ToList();
        if (conflicts.Count > 0)
        {
            return new InstanceProtocol.Refused(
                settled.InstanceId, RefusalCode.InvalidUserData,
                $"{string.Join(", and ", conflicts)}, and the instance is to have ports of its own; one of the two is expected.");
        }

        var problems = InstanceSpecRules.Problems(spec);
        return problems.Count > 0
            ? new InstanceProtocol.Refused(settled.InstanceId, RefusalCode.InvalidArgument, string.Join(' ', problems))
            : settled with { Spec = spec };
    }

    /// <summary>Keeps the files that come with a boot; it is the last that can refuse one.</summary>
    public object WithFiles(HostProtocol.BootAdmitted settled, EquatableArray<InstanceFile> files)
    {
        if (files.IsEmpty)
            return settled;
        IReadOnlyCollection<string> problems = contents is null
            ? [$"files: {files.Count} are to be in the container, and the Engine runs on another machine than the node, which keeps them; "
                + "none are possible there."]
            : InstanceFileRules.Problems([.. files]);
        var taken = MountTargets.Of(settled.Spec.Options).ToHashSet(StringComparer.Ordinal);
        problems = [.. problems, .. files.Where(file => taken.Contains(file.Path))
            .Select(file => $"file '{file.Path}' is the target of a bind or a volume as well; one of the two is expected.")];
        return problems.Count > 0
            ? new InstanceProtocol.Refused(settled.InstanceId, RefusalCode.InvalidArgument, string.Join(' ', problems))
            : settled with { Spec = settled.Spec with { Files = contents!.Keep(settled.InstanceId, files) } };
    }

    /// <summary>The image as the boot's event keeps it. Properties that would make the event large are left out.</summary>
    private static ResolvedImage Resolved(ImageDescription image) => new(image.Id, image.Name)
    {
        Checksum = image.Checksum,
        Properties = image.Properties.Sum(entry => entry.Key.Length + entry.Value.Length) <= MaxProperties
            ? image.Properties
            : EquatableMap<string>.Empty,
    };

    private InstanceSpec SpecOf(ComputeProtocol.BootInstance boot, SettledBoot settled) => new(
        boot.Name, boot.MemoryMb, boot.Vcpus, settled.Command, Seal(boot.InstanceId, settled.Environment))
    {
        HealthCheck = settled.HealthCheck,
        Upkeep = boot.Upkeep with { Restart = settled.Restart },
        Options = Seal(boot.InstanceId, settled.Options),
        Origins = settled.Origins,
    };

    private ContainerOptions Seal(InstanceId instance, ContainerOptions options) =>
        options.TryGet(OptionKeys.LogOptions, out var log)
            ? options.With(OptionKeys.SealedLogOptions, new OptionValue.SealedPairs(Seal(instance, log.Values)))
            : options;

    private EquatableMap<SealedValue> Seal(InstanceId instance, EquatableMap<string> values) => new(
        values.Select(entry => KeyValuePair.Create(entry.Key, secrets.Seal(instance, entry.Key, entry.Value))));

    /// <summary>A line for each fault, as far as they fit into a frame of the remoting; then how many more there are.</summary>
    private static string ReasonOf(EquatableArray<UserDataFault> faults)
    {
        var lines = new List<string>();
        var room = MaxReason;
        foreach (var line in faults.Select(fault => fault.ToString()))
        {
            room -= line.Length;
            if (room < 0)
                break;
            lines.Add(line);
        }

        if (lines.Count < faults.Count)
            lines.Add($"There are {faults.Count - lines.Count} more.");
        return string.Join('\n', lines);
    }

    private static UserDataRecord RecordOf(
        ComputeProtocol.BootInstance boot, UserDataKind kind, EquatableArray<string> notes) => new(
        kind, Convert.ToHexStringLower(SHA256.HashData(boot.UserData.Span)), boot.UserData.Length, notes);

    private static NamedInstance Find(HostProtocol.AdmitBoot admit, string name)
    {
        if (!admit.References.TryGetValue(name, out var reference))
            return new NamedInstance(null, "no instance of this project has that name or id.");
        return reference.Problem is null && reference.HostId != admit.HostId
            ? new NamedInstance(null, "that instance lives on another host; only one on the same host can be meant.")
            : new NamedInstance(reference.InstanceId, reference.Problem);
    }
}
