using System.CommandLine;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Instances;
using NovaDocker.Wire.Client;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker boot</c>.</summary>
internal sealed class BootCommand : VerbCommand
{
    private const long DefaultMemoryMb = 512;

    private readonly Option<string> _name = new("--name") { Required = true, HelpName = "NAME", Description = "Display name, 1 to 255 characters." };

    private readonly Option<string> _image = new("--image")
    {
        Required = true, HelpName = "REF", Description = "The image: its id, or its name where no other image has it.",
    };

    private readonly Option<InstanceId?> _id = new("--id")
    {
        HelpName = "UUID",
        Description = "The id it is to have; ids are never used twice. Default: a new one.",
        CustomParser = Values.NewInstanceId("--id"),
    };

    private readonly Option<long> _memory = MemoryOption("Memory limit, MiB.");

    private readonly Option<int> _vcpus = VcpusOption("Processors.");

    private readonly Option<EquatableMap<string>?> _environment = new("--env")
    {
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        Description = "An environment variable; may be given many times. Values are stored encrypted and never shown.",
        CustomParser = Values.Pairs("--env"),
    };

    private readonly Option<string[]> _command = new("--command")
    {
        HelpName = "ARG...",
        AllowMultipleArgumentsPerToken = true,
        Description = "Words in place of the image's command, up to the next option; those that look like options come after --.",
    };

    private readonly Argument<string[]> _words = new("ARG")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Hidden = true,
    };

    private readonly NicOption _nics = new(
        "A port, given once for each; eth0 is the first. Without any, the instance has no network.", ArgumentArity.OneOrMore);

    private readonly UserDataOptions _userData = new();

    private readonly UpkeepOptions _upkeep = new();

    private readonly Option<bool> _mustStayUp = new("--must-stay-up")
    {
        Description = "The boot fails where the process ends at once, and is taken back, as Nova has it.",
    };

    private readonly EngineAwayOption _engineAway = new();

    private readonly Option<bool> _noWait = NoWaitOption();

    public BootCommand(CommandContext context)
        : base(
            context,
            "boot",
            "Boot an instance: have the image in the Engine, create the container, start it.",
            new Example("novadocker boot --name web --image nginx --memory-mb 256", "Boots from the image nginx."),
            new Example("novadocker boot --name job --image busybox --env MODE=fast --command sh -c 'echo $MODE; sleep 60'", "With a command and an environment of its own."),
            new Example("novadocker boot --name db --image redis --restart on-failure:5 --health-cmd 'redis-cli ping' --health-interval 10s --when-unhealthy restart", "Stays up by itself, and gives up after five restarts in a row."),
            new Example("novadocker boot --name web --image nginx --nic net=blue --nic net=red,ip=10.2.0.5", "With two ports; novadocker networks lists the networks."),
            new Example("novadocker boot --name etcd --image etcd --user-data options.yaml --meta role=store", "Container options in a document; novadocker user-data --help lists them."),
            new Example("novadocker boot --name ls --image busybox --no-wait -- ls --json /", "Words that are options of boot, too, come after --."),
            new Example("novadocker boot --json --name web --image nginx | jq -r .containerId", "For programs: one object with id, state, host, containerId."))
    {
        Details =
            $"""
            Waits until the instance is active, and prints its id. Where its process ends at once, the instance is stopped:
            that is exit code 0 where the process ended with 0, else 1. Where --restart has it started again, that is exit code
            0. With --must-stay-up the host watches the process for novadocker.instances.boot-watch, and where it has ended by
            then, with whatever exit code, the boot has failed. Where a step fails for good, what was made is taken away again,
            and the instance is in error until it is started, which boots it once more, or deleted; exit code 1.

            {NicOption.Details}

            {UserDataOptions.Details}

            {UpkeepOptions.Details}

            {EngineAwayOption.Details}
            """;
        foreach (Option option in new Option[] { _name, _image, _id, _memory, _vcpus, _environment, _command, _nics })
            Add(option);
        _userData.AddTo(this);
        _upkeep.AddTo(this);
        Add(_mustStayUp);
        Add(_engineAway);
        Add(_noWait);
        Add(_words);
    }

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var request = session.NewRequest();
        var words = parse.GetValue(_command) ?? [];
        if (words.Length == 0 && parse.GetValue(_words) is { Length: > 0 } stray && !parse.Tokens.Any(token => token.Value == "--"))
            throw CliException.Usage($"'{stray[0]}' belongs to no option of boot.", "The command's words come after --command or after --.");

        var boot = new ComputeProtocol.BootInstance(
            parse.GetValue(_id) ?? CommanderIds.NewInstanceId(),
            request,
            parse.GetRequiredValue(_name),
            parse.GetRequiredValue(_image),
            parse.GetValue(_memory),
            parse.GetValue(_vcpus),
            [.. words, .. parse.GetValue(_words) ?? []],
            parse.GetValue(_environment) ?? EquatableMap<string>.Empty)
        {
            HealthCheck = _upkeep.Check(parse),
            Upkeep = _upkeep.Policy(parse),
            RefuseIfEngineAway = _engineAway.Refuses(parse),
            Token = session.Token,
            Nics = (parse.GetValue(_nics) ?? []).ToEquatableArray(),
            Terms = OperationTerms.Usual with { MustStayUp = parse.GetValue(_mustStayUp) },
        };
        boot = await _userData.AddToAsync(boot, Host, parse, cancellationToken).ConfigureAwait(false);
        Check(boot);
        return await Operations.RunAsync(
            session,
            new CommandDescription("boot", boot.InstanceId, request.RequestId, Starts: true),
            token => session.Client.BootAsync(boot, token),
            parse.GetValue(_noWait),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The flavor's memory.</summary>
    internal static Option<long> MemoryOption(string description) => new("--memory-mb")
    {
        HelpName = "N",
        Description = description,
        DefaultValueFactory = _ => DefaultMemoryMb,
        CustomParser = Values.Whole("--memory-mb", InstanceSpecRules.MinMemoryMb, InstanceSpecRules.MaxMemoryMb),
    };

    /// <summary>The flavor's processors.</summary>
    internal static Option<int> VcpusOption(string description) => new("--vcpus")
    {
        HelpName = "N",
        Description = description,
        DefaultValueFactory = _ => 1,
        CustomParser = Values.Whole("--vcpus", 1, InstanceSpecRules.MaxVcpus),
    };

    /// <summary>The node checks the same; said here it costs no way to it. Sealing makes values longer, so the node may still refuse.</summary>
    private static void Check(ComputeProtocol.BootInstance boot)
    {
        var unsealed = boot.Metadata.Where(pair => !boot.Environment.ContainsKey(pair.Key)).Concat(boot.Environment)
            .Select(pair => KeyValuePair.Create(pair.Key, new SealedValue("", pair.Value)));
        var problems = InstanceSpecRules.Problems(new InstanceSpec(
            boot.Name, boot.MemoryMb, boot.Vcpus, boot.Command, new EquatableMap<SealedValue>(unsealed))
        {
            HealthCheck = boot.HealthCheck,
            Upkeep = boot.Upkeep,
            PublicKey = boot.PublicKey,
        });
        if (problems.Count > 0)
            throw CliException.Usage(string.Join(' ', problems), "novadocker boot --help explains it.");
    }
}
