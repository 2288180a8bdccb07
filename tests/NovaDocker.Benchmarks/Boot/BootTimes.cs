using NovaDocker.Benchmarks.Equipment;
using NovaDocker.Benchmarks.Harness;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;

namespace NovaDocker.Benchmarks.Boot;

/// <summary>Where the time of a boot goes, read off the times of its events, which client and node take from one clock.</summary>
internal sealed class BootTimes
{
    private const string Started = "-started";
    private const string Completed = "-completed";

    private readonly Dictionary<string, List<double>> _parts = [];
    private readonly List<string> _order = [];

    /// <summary>Takes in the history of a boot.</summary>
    /// <param name="node">The node that has it.</param>
    /// <param name="id">The instance.</param>
    /// <param name="asked">When it was asked for.</param>
    /// <param name="total">How long it took in all, milliseconds.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task AddAsync(
        LiveNode node, InstanceId id, DateTimeOffset asked, double total, CancellationToken cancellationToken)
    {
        HistoryEntry? before = null;
        await foreach (var entry in node.Client.GetHistoryAsync(id, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (before is null)
                Add("request until its first event: remoting, door, admission", Between(asked, entry.OccurredAt));
            else if (entry.Event.EndsWith(Completed, StringComparison.Ordinal) && before.Event.EndsWith(Started, StringComparison.Ordinal))
                Add($"{entry.Event[..^Completed.Length]}, with the write of its intent", Between(before.OccurredAt, entry.OccurredAt));
            before = entry;
        }

        Add("last write, until the client knows", total - Between(asked, before!.OccurredAt));
    }

    /// <summary>Takes in one plain container.</summary>
    public void AddPlain(double created, double started)
    {
        Add("(baseline: create)", created);
        Add("(baseline: start)", started);
    }

    /// <summary>The parts, in the order they come.</summary>
    public Table ToTable() => _order.Aggregate(
        new Table("where the time of one at a time goes"), (table, part) => table.Add(part, new Samples(_parts[part]), "ms"));

    private void Add(string part, double milliseconds)
    {
        if (!_parts.TryGetValue(part, out var readings))
        {
            _parts[part] = readings = [];
            _order.Add(part);
        }

        readings.Add(milliseconds);
    }

    private static double Between(DateTimeOffset from, DateTimeOffset to) => (to - from).TotalMilliseconds;
}
