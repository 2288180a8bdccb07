using Microsoft.Data.Sqlite;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests;

public sealed class JournalFaultTests
{
    private static readonly TimeSpan RecoveryTime = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task A_locked_journal_refuses_and_works_again_by_itself()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var id = await host.BootedAsync();
        var booting = CommanderIds.NewInstanceId();
        var before = await host.HistoryAsync(id);

        await using (var lockHolder = new SqliteConnection($"Data Source={machine.JournalFile};Pooling=False"))
        {
            await lockHolder.OpenAsync();
            await ExecuteAsync(lockHolder, "BEGIN EXCLUSIVE");
            var boot = host.BootAsync(booting, "req-locked");
            var stop = await host.AskAsync<CommandReply>(Commands.Of(InstanceVerb.Stop, id, "req-locked"));

            Assert.Equal(RefusalCode.JournalUnavailable, Assert.IsType<Refused>(stop).Code);
            Assert.Equal(before, await host.HistoryAsync(id));
            await ExecuteAsync(lockHolder, "ROLLBACK");
            Assert.Equal(0, machine.Engine.CountOf(EngineCall.StopContainer));
            Assert.DoesNotContain(machine.Engine.Containers, container => container.Name == $"nova-{booting}");

            // Asked again with the same request, as commanders do, the boot is carried out once, whatever became of the first.
            await Eventually.BecomesAsync(
                () => host.BootAsync(booting, "req-locked"), reply => reply is Accepted, "the boot is accepted", RecoveryTime);
            Assert.True((await boot) is Accepted or Refused);
        }

        await host.RestsAsync(booting, InstancePhase.Active);
        Assert.Single(await host.HistoryAsync(booting), entry => entry.Event == "boot-requested");
        await Eventually.BecomesAsync(
            () => host.AskAsync<CommandReply>(Commands.Of(InstanceVerb.Stop, id, "req-again")), reply => reply is Accepted,
            "the stop is accepted", RecoveryTime);
        await host.RestsAsync(id, InstancePhase.Stopped);
        Assert.Equal(1, machine.Engine.CountOf(EngineCall.StopContainer));
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
