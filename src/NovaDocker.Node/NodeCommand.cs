using System.CommandLine;
using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NovaDocker.Actors.Hosting;
using NovaDocker.Adapters;
using NovaDocker.Http.Hosting;
using NovaDocker.Settings;
using Serilog;

namespace NovaDocker.Node;

/// <summary>The <c>novadocker-node</c> command: runs one compute host until it is told to stop.</summary>
internal static class NodeCommand
{
    private const int ExitFailed = 1;
    private const int ExitUsage = 2;

    /// <summary>The command with its options.</summary>
    public static RootCommand Create()
    {
        var config = new Option<string?>("--config", "-c")
        {
            Description = "The HOCON file to read over the defaults; hocon/node.conf is one to begin with.",
            HelpName = "FILE",
        };
        var set = new Option<string[]>("--set")
        {
            Description = "One key to set over the file, such as novadocker.remoting.port=4053. May be given more than once.",
            HelpName = "KEY=VALUE",
            DefaultValueFactory = _ => [],
        };
        var check = new Option<bool>("--check") { Description = "Only check the configuration, and say what is wrong with it." };
        var reference = new Option<bool>("--print-reference") { Description = "Print every key there is with its default." };
        var root = new RootCommand(
            "Runs a compute host: boots Docker containers as instances, journals all that happens to them, and listens for "
            + "commanders. SIGTERM stops it cleanly; no container is stopped by that, and what was under way goes on at the "
            + "next start.")
        {
            config, set, check, reference,
        };
        root.SetAction((parsed, cancellationToken) => parsed.GetValue(reference)
            ? PrintReferenceAsync()
            : RunAsync(parsed.GetValue(config), parsed.GetValue(set)!, parsed.GetValue(check), cancellationToken));
        return root;
    }

    private static async Task<int> PrintReferenceAsync()
    {
        await Console.Out.WriteAsync(ReferenceConfig.Text()).ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> RunAsync(
        string? file, string[] pairs, bool isCheck, CancellationToken cancellationToken)
    {
        try
        {
            var config = NodeConfiguration.Load(file, pairs);
            var settings = NovaDockerSettings.Read(config);
            if (isCheck)
                return 0;
            var logger = NodeLogging.Create(settings.Log);
            await using (logger.ConfigureAwait(false))
                return await RunHostAsync(config, settings, logger, cancellationToken).ConfigureAwait(false);
        }
        catch (SettingsException e)
        {
            foreach (var problem in e.Problems)
                await Console.Error.WriteLineAsync($"novadocker-node: {problem}").ConfigureAwait(false);
            return ExitUsage;
        }
    }

    private static async Task<int> RunHostAsync(
        Config config, NovaDockerSettings settings, Serilog.ILogger logger, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSerilog(logger);
        builder.Services.AddAkka(NovaDockerHosting.SystemName, (akka, services) => akka
            .ConfigureLoggers(setup =>
            {
                setup.LogLevel = settings.Log.Level == "debug" ? Akka.Event.LogLevel.DebugLevel : Akka.Event.LogLevel.InfoLevel;
                setup.ClearLoggers();
                setup.AddLoggerFactory(services.GetRequiredService<ILoggerFactory>());
            })
            .AddHocon(config, HoconAddMode.Append)
            .WithNovaDocker(settings, services.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddNovaDockerHttp(settings);
        using var host = builder.Build();
        if (await ListeningPort.ProblemAsync(settings.Remoting, cancellationToken).ConfigureAwait(false) is { } taken)
            return await SayPortTakenAsync(settings.Remoting, taken).ConfigureAwait(false);
        try
        {
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (PortTaken(e) is { } problem)
        {
            return await SayPortTakenAsync(settings.Remoting, problem).ConfigureAwait(false);
        }

        // With port 0 the system chooses one.
        var address = ((ExtendedActorSystem)host.Services.GetRequiredService<ActorSystem>()).Provider.DefaultAddress;
        logger.Information(
            "Compute host is up, listening on {Hostname}:{Port}, data in {DataDirectory}.",
            settings.Remoting.Hostname, address.Port, settings.DataDirectory);
        await host.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        logger.Information("Compute host has stopped; its containers go on.");
        return 0;
    }

    private static async Task<int> SayPortTakenAsync(RemotingSettings remoting, string problem)
    {
        await Console.Error.WriteLineAsync(
            $"novadocker-node: novadocker.remoting.port is {remoting.Port}, on which {remoting.Hostname} cannot listen "
            + $"({problem}); a free port is expected. Is a node running already?").ConfigureAwait(false);
        return ExitFailed;
    }

    private static string? PortTaken(Exception? e) => e switch
    {
        null => null,
        System.Net.Sockets.SocketException socket => socket.Message,
        AggregateException many => many.InnerExceptions.Select(PortTaken).FirstOrDefault(found => found is not null),
        _ => PortTaken(e.InnerException),
    };
}
