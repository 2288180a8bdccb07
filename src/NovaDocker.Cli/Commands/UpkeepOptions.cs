using System.CommandLine;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Cli.Commands;

/// <summary>The options of <c>novadocker boot</c> that say what the instance does by itself to stay up; names are those of <c>docker run</c>.</summary>
internal sealed class UpkeepOptions
{
    private readonly Option<RestartPolicy> _restart = new("--restart")
    {
        HelpName = "POLICY",
        Description = "When to start it again by itself: no, on-failure[:N], always or unless-stopped, as with docker run.",
        DefaultValueFactory = _ => RestartPolicy.No,
        CustomParser = Values.Restart("--restart"),
    };

    private readonly Option<string?> _command = new("--health-cmd")
    {
        HelpName = "CMD",
        Description = "A line that /bin/sh runs inside, now and then, in place of the image's health check; exit code 0 is healthy.",
    };

    private readonly Option<TimeSpan?> _interval = Duration("--health-interval", "From the end of one check to the next. Default: 30s.");

    private readonly Option<TimeSpan?> _timeout = Duration("--health-timeout", "How long a check may take. Default: 30s.");

    private readonly Option<TimeSpan?> _startPeriod =
        Duration("--health-start-period", "How long after the start a failure does not count. Default: 0.");

    private readonly Option<int?> _retries = new("--health-retries")
    {
        HelpName = "N",
        Description = "How many failures in a row make it unhealthy. Default: 3.",
        CustomParser = result => Values.Whole("--health-retries", 1, HealthCheck.MostRetries)(result),
    };

    private readonly Option<bool> _noCheck = new("--no-healthcheck") { Description = "No health check, also where the image has one." };

    private readonly Option<UnhealthyAction?> _whenUnhealthy = new("--when-unhealthy")
    {
        HelpName = "report|restart",
        Description = "What follows when its health check fails. Default: report.",
        CustomParser = Values.OneOf<UnhealthyAction?>(
            "--when-unhealthy", ("report", UnhealthyAction.Report), ("restart", UnhealthyAction.Restart)),
    };

    private readonly Option<LostAction?> _whenLost = new("--when-lost")
    {
        HelpName = "report|recreate",
        Description = "What follows when somebody removed its container. Default: report.",
        CustomParser = Values.OneOf<LostAction?>("--when-lost", ("report", LostAction.Report), ("recreate", LostAction.Recreate)),
    };

    /// <summary>What is said of them below the verb's help.</summary>
    public const string Details =
        """
        An instance whose process ends is started again as --restart says, after a wait that doubles from one restart to the
        next; a run that lasts long enough ends the row (novadocker.instances.restart). on-failure does so where the exit code
        is not 0, N times in a row at most; always and unless-stopped do so however it ended. What was stopped on purpose stays
        stopped; with always it is started when the Engine was restarted. Each restart is an event of the history.

        --health-cmd is one line for /bin/sh -c, as with docker run: the image must have a shell. Times are such as 500ms, 10s,
        1m30s or 1h. --when-unhealthy restart stops the process and starts it again, with the waits and the N of --restart.
        --when-lost recreate makes a new container of the image where somebody removed the old one; what that had written is
        gone. Without these options an instance does nothing by itself, and its history says what happened.
        """;

    public void AddTo(Command boot)
    {
        Values.Complete(_restart, "no", "on-failure", "always", "unless-stopped");
        Values.Complete(_whenUnhealthy, "report", "restart");
        Values.Complete(_whenLost, "report", "recreate");
        foreach (Option option in new Option[]
            { _restart, _command, _interval, _timeout, _startPeriod, _retries, _noCheck, _whenUnhealthy, _whenLost })
            boot.Add(option);
    }

    /// <summary>What the line says of staying up.</summary>
    public UpkeepPolicy Policy(ParseResult parse)
    {
        var policy = new UpkeepPolicy(
            parse.GetRequiredValue(_restart), parse.GetValue(_whenUnhealthy) ?? UnhealthyAction.Report,
            parse.GetValue(_whenLost) ?? LostAction.Report);
        if (policy.WhenUnhealthy == UnhealthyAction.Restart && parse.GetValue(_noCheck))
            throw CliException.Usage("--when-unhealthy restart and --no-healthcheck exclude each other: without a check it is never unhealthy.");
        return policy;
    }

    /// <summary>The health check; null for the image's own.</summary>
    /// <exception cref="CliException">The options contradict each other.</exception>
    public HealthCheck? Check(ParseResult parse)
    {
        var command = parse.GetValue(_command);
        var tuned = new Option[] { _interval, _timeout, _startPeriod, _retries }.FirstOrDefault(option => parse.GetResult(option) is not null);
        if (parse.GetValue(_noCheck))
        {
            return (command is null ? tuned : _command) is { } other
                ? throw CliException.Usage($"{other.Name} and --no-healthcheck exclude each other.")
                : HealthCheck.Off;
        }

        if (command is null)
        {
            return tuned is null
                ? null
                : throw CliException.Usage($"{tuned.Name} goes with --health-cmd, which is missing: the image's own check is taken as it is, or not at all.");
        }

        if (string.IsNullOrWhiteSpace(command))
            throw CliException.Usage("--health-cmd is empty; a line for /bin/sh is expected.", "--no-healthcheck switches the image's check off.");
        return new HealthCheck(
            ["/bin/sh", "-c", command], parse.GetValue(_interval) ?? TimeSpan.Zero, parse.GetValue(_timeout) ?? TimeSpan.Zero,
            parse.GetValue(_startPeriod) ?? TimeSpan.Zero, parse.GetValue(_retries) ?? 0);
    }

    private static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        HelpName = "TIME",
        Description = description,
        CustomParser = Values.Duration(name, HealthCheck.Shortest, HealthCheck.Longest),
    };
}
