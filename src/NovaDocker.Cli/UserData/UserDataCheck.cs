using System.Security.Cryptography;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Policy;
using NovaDocker.UserData.Settling;

namespace NovaDocker.Cli.UserData;

/// <summary>Judges user data as a host does at a boot, as far as that can be done without one.</summary>
/// <param name="kit">Reads documents and policies.</param>
internal sealed class UserDataCheck(UserDataKit kit)
{
    /// <summary>What the document would set.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="policyFile">The file of the policy; null for the default.</param>
    /// <param name="memoryMb">The flavor's memory, MiB.</param>
    /// <param name="vcpus">The flavor's processors.</param>
    /// <exception cref="CliException">A boot would be refused; or the policy cannot be read.</exception>
    public CheckedUserData Run(ReadOnlyMemory<byte> bytes, string? policyFile, long memoryMb, int vcpus)
    {
        var policy = policyFile is null ? ContainerPolicy.Default : kit.ReadPolicy(policyFile);
        var reading = kit.Read(bytes);
        var settled = BootSettling.Settle(
            new BootWish(memoryMb, vcpus) { UserData = reading }, new HostTerms(policy, kit.Paths, Processors: null));
        if (!settled.Faults.IsEmpty)
        {
            throw Failures.Refused(
                settled.IsForbidden ? RefusalCode.PolicyForbids : RefusalCode.InvalidUserData, string.Join('\n', settled.Faults));
        }

        var spec = SpecOf(settled, memoryMb, vcpus);
        if (InstanceSpecRules.Problems(spec) is { Count: > 0 } problems)
            throw Failures.Refused(RefusalCode.InvalidArgument, string.Join(' ', problems));
        return new CheckedUserData(
            new UserDataRecord(
                reading.Kind, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), bytes.Length,
                settled.Notes.Concat(Unjudged(settled.Options)).ToEquatableArray()),
            OptionViews.Of(spec),
            policyFile);
    }

    /// <summary>What only a host can tell.</summary>
    private static IEnumerable<string> Unjudged(ContainerOptions options)
    {
        if (!options.Words(OptionKeys.Links).IsEmpty || !options.Words(OptionKeys.VolumesFrom).IsEmpty)
            yield return "Links and volumes-from name instances; whether there are any of these names, only a boot can tell.";
        if (options.Text(OptionKeys.Cpuset) is not null)
            yield return "Whether the host has the processors of cpuset-cpus, only a boot can tell.";
    }

    private static InstanceSpec SpecOf(SettledBoot settled, long memoryMb, int vcpus) => new(
        "checked", memoryMb, vcpus, settled.Command, Seal(settled.Environment))
    {
        HealthCheck = settled.HealthCheck,
        Upkeep = UpkeepPolicy.None with { Restart = settled.Restart },
        Options = Seal(settled.Options),
        Origins = settled.Origins,
    };

    private static ContainerOptions Seal(ContainerOptions options) => options.TryGet(OptionKeys.LogOptions, out var log)
        ? new ContainerOptions(new EquatableMap<OptionValue>(options.Values.Select(entry =>
            entry.Key == OptionKeys.LogOptions.Name
                ? KeyValuePair.Create(entry.Key, (OptionValue)new OptionValue.SealedPairs(Seal(log.Values)))
                : entry)))
        : options;

    /// <summary>Nothing is encrypted here; but of a sealed value it is told that there is one, never which.</summary>
    private static EquatableMap<SealedValue> Seal(EquatableMap<string> values) =>
        new(values.Select(entry => KeyValuePair.Create(entry.Key, new SealedValue("", entry.Value))));
}
