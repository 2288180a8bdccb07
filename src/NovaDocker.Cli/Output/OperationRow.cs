using NovaDocker.Domain.Audit;

namespace NovaDocker.Cli.Output;

/// <summary>The end of a command for programs: the instance as it is now, and what the command did.</summary>
internal sealed record OperationRow : InstanceRow
{
    private readonly OperationReport _report;

    public OperationRow(OperationReport report)
        : base(report.View) => _report = report;

    public string Verb => _report.Command.Verb;

    /// <summary><c>done</c>, <c>failed</c>, <c>accepted</c> or <c>already-done</c>.</summary>
    public string Outcome => EventDescription.Kebab(_report.Outcome);

    public string RequestId => _report.Command.RequestId;

    public string? OperationId => _report.OperationId?.ToString();

    /// <summary>The image that a snapshot makes; null for other verbs.</summary>
    public string? SnapshotImageId => _report.Command.NewImageId?.ToString();
}
