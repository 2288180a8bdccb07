using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;
using NovaDocker.UserData.Options.Forms;
using NovaDocker.UserData.Policy;

namespace NovaDocker.UserData.Settling;

/// <summary>
/// Settles what an instance's container is to be. Lowest first: image, flavor, image properties, metadata, user data, and the
/// request's own words. Pure but for the look at the host's paths; nothing is made.
/// </summary>
public static class BootSettling
{
    /// <summary>Glance's image property that holds a command line.</summary>
    public const string CommandLineProperty = "os_command_line";

    /// <summary>Where the public key of a key pair lies inside, in <c>authorized_keys</c>.</summary>
    public const string KeyDirectory = "/root/.ssh";

    /// <summary>Options that have a place of their own in an instance's spec.</summary>
    private static readonly string[] Apart =
    [
        OptionKeys.Command.Name, OptionKeys.Environment.Name, OptionKeys.HealthCheck.Name, OptionKeys.RestartPolicy.Name,
    ];

    /// <summary>Settles a boot.</summary>
    /// <param name="wish">What everybody says.</param>
    /// <param name="terms">The host's terms.</param>
    public static SettledBoot Settle(BootWish wish, HostTerms terms)
    {
        var reading = wish.UserData ?? UserDataReading.Empty;
        var forbidden = PolicyRules.Faults(reading, terms.Policy, terms.Paths).ToList();
        var faults = reading.Faults
            .Concat(FlavorRules.Faults(reading, wish.MemoryMb, wish.Vcpus, terms.Processors))
            .Concat(NetworkRules.Faults(reading))
            .Concat(ReferenceRules.Faults(reading, terms.FindInstance))
            .Concat(KeyFaults(reading, wish.HasKey))
            .ToList();
        var origins = new SortedDictionary<string, OptionOrigin>(StringComparer.Ordinal);
        var command = Command(wish, reading, origins, faults);
        var options = Options(wish, reading, terms, origins, faults);
        return new SettledBoot
        {
            Faults = faults.Concat(forbidden).OrderBy(fault => fault.Mark?.Line).ThenBy(fault => fault.Mark?.Column).ToEquatableArray(),
            IsForbidden = faults.Count == 0 && forbidden.Count > 0,
            Command = command,
            Environment = Environment(wish, reading, origins),
            HealthCheck = HealthCheck(wish, reading, origins),
            Restart = Restart(wish, reading, origins),
            Options = options,
            Origins = new EquatableMap<OptionOrigin>(origins),
            Notes = reading.Notes.ToEquatableArray(),
        };
    }

    private static EquatableArray<string> Command(
        BootWish wish, UserDataReading reading, SortedDictionary<string, OptionOrigin> origins, List<UserDataFault> faults)
    {
        EquatableArray<string> command = [];
        if (wish.ImageProperties.TryGetValue(CommandLineProperty, out var line) && line.Length > 0)
        {
            if (ShellWords.Split(line, out var problem) is { } words)
                command = words.ToEquatableArray();
            else
                faults.Add(new UserDataFault(null, $"image property {CommandLineProperty}", $"is '{line}'; {problem}"));
            origins[OptionKeys.Command.Name] = new OptionOrigin(OptionSource.ImageProperty, CommandLineProperty);
        }

        if (reading.Find(OptionKeys.Command) is { Value: OptionValue.Words { Values: var asked } } option)
        {
            command = asked;
            origins[OptionKeys.Command.Name] = OriginOf(option);
        }

        if (wish.Command.IsEmpty)
            return command;
        origins[OptionKeys.Command.Name] = new OptionOrigin(OptionSource.Request, "");
        return wish.Command;
    }

    private static EquatableMap<string> Environment(
        BootWish wish, UserDataReading reading, SortedDictionary<string, OptionOrigin> origins)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        void Set(IEnumerable<KeyValuePair<string, string>> values, OptionOrigin origin)
        {
            foreach (var (name, value) in values)
            {
                variables[name] = value;
                origins[$"{OptionKeys.Environment.Name}.{name}"] = origin;
            }
        }

        Set(wish.Metadata, new OptionOrigin(OptionSource.Metadata, ""));
        if (reading.Find(OptionKeys.Environment) is { Value: OptionValue.Pairs { Values: var asked } } option)
            Set(asked, OriginOf(option));
        Set(wish.Environment, new OptionOrigin(OptionSource.Request, ""));
        return new EquatableMap<string>(variables);
    }

    private static HealthCheck? HealthCheck(
        BootWish wish, UserDataReading reading, SortedDictionary<string, OptionOrigin> origins)
    {
        if (wish.HealthCheck is null && reading.Find(OptionKeys.HealthCheck) is { Value: OptionValue.Check { Value: var check } } option)
        {
            origins[OptionKeys.HealthCheck.Name] = OriginOf(option);
            return check;
        }

        return wish.HealthCheck;
    }

    private static RestartPolicy Restart(
        BootWish wish, UserDataReading reading, SortedDictionary<string, OptionOrigin> origins)
    {
        if (wish.Restart.Mode == RestartMode.No
            && reading.Find(OptionKeys.RestartPolicy) is { Value: OptionValue.Restart { Value: var policy } } option)
        {
            origins[OptionKeys.RestartPolicy.Name] = OriginOf(option);
            return policy;
        }

        return wish.Restart;
    }

    private static ContainerOptions Options(
        BootWish wish,
        UserDataReading reading,
        HostTerms terms,
        SortedDictionary<string, OptionOrigin> origins,
        List<UserDataFault> faults)
    {
        var options = new SortedDictionary<string, OptionValue>(StringComparer.Ordinal);
        if (ShutdownTimeout.Of(wish.ImageProperties, faults) is { } timeout)
        {
            options[OptionKeys.StopTimeout.Name] = timeout;
            origins[OptionKeys.StopTimeout.Name] = new OptionOrigin(OptionSource.ImageProperty, ShutdownTimeout.Property);
        }

        var isSound = faults.Count == 0;
        foreach (var (name, asked) in reading.Asked.Where(entry => !Apart.Contains(entry.Key)))
        {
            options[name] = isSound && terms.FindInstance is { } find && ReferenceRules.IsReference(name)
                ? ReferenceRules.Resolve(asked.Value, find)
                : asked.Value;
            origins[name] = OriginOf(asked);
        }

        return new ContainerOptions(new EquatableMap<OptionValue>(options));
    }

    private static IEnumerable<UserDataFault> KeyFaults(UserDataReading reading, bool hasKey)
    {
        if (!hasKey)
            return [];
        return Targets(reading)
            .Where(target => target.Path == KeyDirectory || target.Path.StartsWith($"{KeyDirectory}/", StringComparison.Ordinal))
            .Select(target => new UserDataFault(
                target.Place.Mark, target.Place.Path, $"puts something at {target.Path}; there lies the key of the instance's key pair."));
    }

    /// <summary>Where something is to be mounted inside.</summary>
    private static IEnumerable<(string Path, (Mark Mark, string Path) Place)> Targets(UserDataReading reading)
    {
        foreach (var asked in reading.Asked.Values)
        {
            var paths = (asked.Option, asked.Value) switch
            {
                (var name, OptionValue.Words words) when name == OptionKeys.Binds.Name => words.Values.Select(bind => bind.Split(':')[1]),
                (var name, OptionValue.Words words) when name == OptionKeys.Volumes.Name => words.Values,
                (var name, OptionValue.Pairs pairs) when name == OptionKeys.Tmpfs.Name => pairs.Values.Keys,
                _ => [],
            };
            foreach (var (i, path) in paths.Index())
                yield return (path, asked.PlaceOf(i));
        }
    }

    private static OptionOrigin OriginOf(AskedOption asked) =>
        new(OptionSource.UserData, $"{asked.Path}, line {asked.Mark.Line}");
}
