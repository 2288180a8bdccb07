using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Commands;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>Plugs a port again and again, and has each of its calls go wrong in every way.</summary>
/// <param name="lab">Where.</param>
/// <param name="settings">How ports are plugged.</param>
internal sealed class PluggingFaults(VifLab lab, NetworkSettings settings)
{
    /// <summary>What a failure leaves that it must not; empty for nothing.</summary>
    public required Func<Vif, Task<IReadOnlyList<string>>> Left { get; init; }

    /// <summary>Runs all of them, and returns how many there were.</summary>
    public async Task<int> RunAsync(Vif vif)
    {
        var whole = lab.Open(settings);
        await whole.PrepareNetworkAsync(vif, default);
        var plug = lab.PlugOf(vif, await lab.NewNamespaceAsync());
        var recording = new RecordingRunner();
        Assert.False(await lab.Open(settings, recording).PlugAsync(plug, default));
        await whole.UnplugAsync(vif, plug.Owner, default);

        var cases = Cases([.. recording.Commands]).ToList();
        foreach (var (at, how, line) in cases)
        {
            var runner = new BreakingRunner(at, how, line);
            var failure = await Assert.ThrowsAnyAsync<Exception>(() => lab.Open(settings, runner).PlugAsync(plug, default));
            var name = $"{runner.Broken}, {how} {line}";
            Assert.True(failure is VifException || (how == Break.Cancelled && failure is OperationCanceledException), $"{name}: {failure}");
            Assert.True((await Left(vif)) is [], $"{name}: left {string.Join("; ", await Left(vif))}");

            Assert.False(await whole.PlugAsync(plug, default), name);
            Assert.Empty((await whole.LookAsync([vif], default)).Problems);
            await whole.UnplugAsync(vif, plug.Owner, default);
            Assert.True((await Left(vif)) is [], $"{name}: unplugging left {string.Join("; ", await Left(vif))}");
        }

        return cases.Count;
    }

    private static IEnumerable<(int At, Break How, int Line)> Cases(IReadOnlyList<Command> commands)
    {
        for (var at = 0; at < commands.Count; at++)
        {
            yield return (at, Break.Before, 0);
            yield return (at, Break.After, 0);
            yield return (at, Break.Cancelled, 0);
            var lines = commands[at].Input.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
            for (var line = 1; line < lines; line++)
                yield return (at, Break.Between, line);
        }
    }
}
