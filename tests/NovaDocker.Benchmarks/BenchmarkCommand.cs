using System.CommandLine;
using System.CommandLine.Invocation;
using NovaDocker.Benchmarks.Boot;
using NovaDocker.Benchmarks.Commands;
using NovaDocker.Benchmarks.Harness;
using NovaDocker.Benchmarks.Idle;
using NovaDocker.Benchmarks.Images;
using NovaDocker.Benchmarks.Network;
using NovaDocker.Benchmarks.Nova;
using NovaDocker.Benchmarks.Recover;

namespace NovaDocker.Benchmarks;

/// <summary>The command line: one benchmark by name, and how many of what.</summary>
internal static class BenchmarkCommand
{
    private const int ExitFailed = 1;
    private const int ExitUsage = 2;
    private const int ExitInterrupted = 130;
    private const string UnixPrefix = "unix:///";

    private const string Description =
        """
        Measures NovaDocker as a whole, each time against a baseline of the same run, and prints the ratio of the two.
        Run it in Release, on a machine that does nothing else.

        Results go to standard output, progress to standard error. Exit codes: 0 measured, whether a target was met or not;
        1 failed, 2 wrong usage, 130 interrupted. All that a benchmark starts and stores it stops and removes.
        """;

    /// <summary>After an interrupt: how long the way back may take, with an Engine and its containers to stop.</summary>
    private static readonly TimeSpan TidyingUp = TimeSpan.FromMinutes(3);

    /// <summary>Carries out a command line.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(Description) { BootCommand(), RecoverCommand(), CommandsCommand(), IdleCommand(), ImagesCommand(), NetworkCommand(), NovaCommand() };
        var parsed = root.Parse(args);
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TidyingUp,
        };
        var code = await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        return parsed.Action is ParseErrorAction ? ExitUsage : code;
    }

    private static Command BootCommand()
    {
        var rounds = Count("--rounds", "Pairs of one boot and one plain create and start.", 40, 1000);
        var batches = Count("--batches", "Pairs of batches for the throughput.", 5, 100);
        var instances = Count("--instances", "Instances of a batch.", 24, 200);
        var atOnce = Count("--at-once", "How many of a batch are under way at once.", 8, 64);
        var engine = Engine();
        var command = new Command("boot", "What a user waits for until an instance is Active, against plain create and start.")
        {
            rounds, batches, instances, atOnce, engine,
        };
        command.SetAction((parsed, cancellationToken) => MeasureAsync(
            "boot",
            harness => new BootBenchmark(harness, parsed.GetValue(engine)).RunAsync(
                parsed.GetValue(rounds), parsed.GetValue(batches), parsed.GetValue(instances), parsed.GetValue(atOnce)),
            cancellationToken));
        return command;
    }

    private static Command NetworkCommand()
    {
        var rounds = Count("--rounds", "Pairs of one boot with a port and one docker run.", 40, 1000);
        var batches = Count("--batches", "Pairs of batches.", 5, 100);
        var atOnce = Count("--at-once", "Instances of a batch, all at once.", 8, 64);
        var engine = Engine();
        var command = new Command("network", "What a user waits for until an instance with a port is Active, against docker run. Needs root.")
        {
            rounds, batches, atOnce, engine,
        };
        command.SetAction((parsed, cancellationToken) => MeasureAsync(
            "network",
            harness => new NetworkBenchmark(harness, parsed.GetValue(engine)).RunAsync(
                parsed.GetValue(rounds), parsed.GetValue(batches), parsed.GetValue(atOnce)),
            cancellationToken));
        return command;
    }

    private static Command NovaCommand()
    {
        var rounds = Count("--rounds", "Pairs of one spawn and one boot.", 40, 1000);
        var engine = Engine();
        var command = new Command("nova", "What Nova's driver adds to a boot, against the same boot by a commander. Needs python3-nova.")
        {
            rounds, engine,
        };
        command.SetAction((parsed, cancellationToken) => MeasureAsync(
            "nova",
            harness => new NovaBenchmark(harness, parsed.GetValue(engine)).RunAsync(parsed.GetValue(rounds)),
            cancellationToken));
        return command;
    }

    private static Command RecoverCommand()
    {
        var instances = Count("--instances", "Instances in the journal, 20 events each.", 5000, 100_000);
        var rounds = Count("--rounds", "Starts of a node, each with a plain read of the same rows.", 3, 100);
        var command = new Command("recover", "A node's start until every journaled instance answers, against a plain read of the rows.")
        {
            instances, rounds,
        };
        command.SetAction((parsed, cancellationToken) => MeasureAsync(
            "recover",
            harness => new RecoverBenchmark(harness).RunAsync(parsed.GetValue(instances), parsed.GetValue(rounds)),
            cancellationToken));
        return command;
    }

    private static Command CommandsCommand()
    {
        var instances = new Option<int[]>("--instances")
        {
            Description = "Instances that are commanded at once. May be given more than once.",
            HelpName = "N",
            DefaultValueFactory = _ => [1, 10, 100],
        };
        instances.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.Tokens.Any(token => !int.TryParse(token.Value, out var n) || n is < 1 or > 10_000))
                result.AddError("--instances expects whole numbers from 1 to 10000.");
        });
        var rounds = Count("--rounds", "Pairs for each number of instances.", 5, 1000);
        var seconds = Count("--seconds", "Length of each half of a pair.", 4, 600);
        var command = new Command("commands", "Commands per second on a fake Engine, against a bare persistent actor.")
        {
            instances, rounds, seconds,
        };
        command.SetAction((parsed, cancellationToken) => MeasureAsync(
            "commands",
            harness => new CommandsBenchmark(harness).RunAsync(
                parsed.GetValue(instances)!, parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds))),
            cancellationToken));
        return command;
    }

    private static Command IdleCommand()
    {
        var instances = Count("--instances", "Live containers.", 200, 2000);
        var rounds = Count("--rounds", "Windows without containers, and as many with them.", 3, 100);
        var seconds = Count("--seconds", "Length of a window.", 12, 3600);
        var engine = Engine();
        var command = new Command("idle", "Processor time and memory of a node with live containers, against the same node without.")
        {
            instances, rounds, seconds, engine,
        };
        command.SetAction((parsed, cancellationToken) => MeasureAsync(
            "idle",
            harness => new IdleBenchmark(harness, parsed.GetValue(engine)).RunAsync(
                parsed.GetValue(instances), parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds))),
            cancellationToken));
        return command;
    }

    private static Command ImagesCommand()
    {
        var size = Count("--size-mib", "Size of the images that are timed, MiB.", 512, 16_384);
        var large = Count("--large-mib", "Size of the image that memory is watched with, MiB.", 2048, 65_536);
        var rounds = Count("--rounds", "Pairs of one transfer and one by curl and docker.", 3, 100);
        var boots = Count("--boots", "Boots of one absent image at once.", 50, 500);
        var cloud = new Option<string?>("--openstack")
        {
            Description = "A Keystone and a Glance to use: the openstack.json of tests/openstack.sh. Without it both are started "
                + "by that script, which needs root, and removed at the end.",
            HelpName = "FILE",
        };
        var engine = Engine();
        var command = new Command("images", "Downloads from Glance and snapshots to it, against curl and docker in a pipe.")
        {
            size, large, rounds, boots, cloud, engine,
        };
        command.SetAction((parsed, cancellationToken) => MeasureAsync(
            "images",
            harness => new ImagesBenchmark(harness, parsed.GetValue(engine), parsed.GetValue(cloud)).RunAsync(
                parsed.GetValue(size), parsed.GetValue(large), parsed.GetValue(rounds), parsed.GetValue(boots)),
            cancellationToken));
        return command;
    }

    private static async Task<int> MeasureAsync(
        string name, Func<Workbench, Task> measure, CancellationToken cancellationToken)
    {
        try
        {
            var bench = new Workbench(name, cancellationToken);
            await using (bench.ConfigureAwait(false))
                await measure(bench).ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted; what was started is stopped and removed.").ConfigureAwait(false);
            return ExitInterrupted;
        }
        catch (Exception e) when (e is BenchmarkException or TimeoutException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"{name}: {e.Message}").ConfigureAwait(false);
            return ExitFailed;
        }
    }

    private static Option<int> Count(string name, string description, int otherwise, int most)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => otherwise,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var n) && n >= 1 && n <= most))
                result.AddError($"{name} is '{token.Value}'; a whole number from 1 to {most} is expected.");
        });
        return option;
    }

    private static Option<string?> Engine()
    {
        var option = new Option<string?>("--engine")
        {
            Description = "An Engine to use, unix:///PATH. Without it one is started by docker/engine.sh, which needs root, and "
                + "removed at the end. In a given one only what the benchmark made is removed.",
            HelpName = "ADDRESS",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(token.Value.StartsWith(UnixPrefix, StringComparison.Ordinal) && token.Value.Length > UnixPrefix.Length))
                result.AddError($"--engine is '{token.Value}'; unix:///PATH is expected.");
        });
        return option;
    }
}
