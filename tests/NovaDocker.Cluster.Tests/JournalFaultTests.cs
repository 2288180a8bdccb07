using Akka.Cluster.Sharding;
using Microsoft.Data.Sqlite;
using NovaDocker.Actors.Instances;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests;

public sealed class JournalFaultTests
{
    private static readonly TimeSpan RecoveryTime = TimeSpan.FromSeconds(40);

    /// <param name="besideAnother">Whether the instance that is booted is in a shard that has one already: other actors write
    /// down then that it is there.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_locked_journal_refuses_and_works_again_by_itself(bool besideAnother)
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var id = await host.BootedAsync();
        var booting = IdFor(shard => shard == ShardOf(id) == besideAnother);
        var before = await host.HistoryAsync(id);
        await using var commander = host.Commander();

        await using (var lockHolder = new SqliteConnection($"Data Source={machine.JournalFile};Pooling=False"))
        {
            await lockHolder.OpenAsync();
            await ExecuteAsync(lockHolder, "BEGIN EXCLUSIVE");
            var boot = commander.BootAsync(Commands.Boot(booting, "req-locked", Machine.ImageName));
            var stop = await commander.SendAsync(Commands.Of(InstanceVerb.Stop, id, "req-locked"));

            Assert.Equal(RefusalCode.JournalUnavailable, Assert.IsType<Refused>(stop).Code);
            Assert.Equal(before, await host.HistoryAsync(id));
            Assert.Equal(0, machine.Engine.CountOf(EngineCall.StopContainer));
            Assert.DoesNotContain(machine.Engine.Containers, container => container.Name == $"nova-{booting}");
            await ExecuteAsync(lockHolder, "ROLLBACK");

            // Sent again with the same request each is carried out once, whatever became of the first.
            await Eventually.BecomesAsync(
                () => commander.BootAsync(Commands.Boot(booting, "req-locked", Machine.ImageName)), reply => reply is Accepted,
                "the boot is accepted", RecoveryTime);
            Assert.True((await boot) is Accepted or Refused);
        }

        await host.RestsAsync(booting, InstancePhase.Active);
        Assert.Single(await host.HistoryAsync(booting), entry => entry.Event == "boot-requested");
        await Eventually.BecomesAsync(
            () => commander.SendAsync(Commands.Of(InstanceVerb.Stop, id, "req-locked")), reply => reply is Accepted,
            "the stop is accepted", RecoveryTime);
        await host.RestsAsync(id, InstancePhase.Stopped);
        Assert.Single(await host.HistoryAsync(id), entry => entry.Event == "stop-requested");
        Assert.Equal(1, machine.Engine.CountOf(EngineCall.StopContainer));
    }

    private static InstanceId IdFor(Func<string, bool> suits)
    {
        while (true)
        {
            var id = CommanderIds.NewInstanceId();
            if (suits(ShardOf(id)))
                return id;
        }
    }

    private static string ShardOf(InstanceId id) =>
        HashCodeMessageExtractor.Create(InstanceRegion.Shards, _ => id.ToString()).ShardId(id.ToString());

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
