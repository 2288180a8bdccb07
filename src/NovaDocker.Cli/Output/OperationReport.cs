using NovaDocker.Cli.Commands;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Cli.Output;

/// <summary>How a command ended, or how far it was followed.</summary>
internal enum OperationOutcome
{
    /// <summary>It ended well.</summary>
    Done,

    /// <summary>It ended badly.</summary>
    Failed,

    /// <summary>It goes on; nobody waited.</summary>
    Accepted,

    /// <summary>The instance was there already.</summary>
    AlreadyDone,
}

/// <summary>The end of a command.</summary>
/// <param name="View">The instance as it is now.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Command">What was asked.</param>
/// <param name="OperationId">The operation; null where none was needed.</param>
internal sealed record OperationReport(
    InstanceView View, OperationOutcome Outcome, CommandDescription Command, OperationId? OperationId);
