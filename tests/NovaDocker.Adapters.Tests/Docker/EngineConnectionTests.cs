using System.Collections.Immutable;
using NovaDocker.Actors.Docker;
using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Docker;

/// <summary>How the adapter uses connections, turns and time, against a stub and through a counting proxy.</summary>
public sealed class EngineConnectionTests
{
    private const string Container =
        """{"Id":"c1","Name":"/one","Image":"sha256:1","Config":{"Labels":{"a":"b"}},"State":{"Status":"exited"}}""";

    private static CancellationToken None => CancellationToken.None;

    [SkippableFact]
    public async Task Calls_one_after_the_other_share_one_connection_to_a_real_Engine()
    {
        await using var proxy = new CountingProxy(TestEngine.AddressOrSkip());
        await using var engine = TestEngine.Open(new EngineSettings { Host = proxy.Address });

        for (var i = 0; i < 20; i++)
        {
            Assert.Null(await engine.FindContainerAsync("novadocker-test-absent", None));
            await engine.GetInfoAsync(None);
        }

        Assert.Equal(1, proxy.Connections);
    }

    [Fact]
    public async Task Calls_one_after_the_other_share_one_connection_also_after_failures()
    {
        var turn = 0;
        await using var stub = new StubEngine(r => r.AnswerAsync(++turn % 2 == 0 ? 200 : 500, Container));
        await using var engine = Open(stub);

        for (var i = 0; i < 10; i++)
            await Record.ExceptionAsync(() => engine.FindContainerAsync("c1", None));

        Assert.Equal(11, stub.Requests.Length);
        Assert.Equal(1, stub.Connections);
    }

    [Fact]
    public async Task Control_calls_beyond_the_bulkhead_wait_their_turn()
    {
        var underWay = 0;
        using var go = new SemaphoreSlim(0);
        await using var stub = new StubEngine(async r =>
        {
            Interlocked.Increment(ref underWay);
            await go.WaitAsync(r.End);
            await r.AnswerAsync(200, Container);
        });
        await using var engine = Open(stub, s => s with { MaxControlConnections = 2 });

        var calls = Enumerable.Range(0, 5).Select(_ => engine.FindContainerAsync("c1", None)).ToArray();
        await Eventually.HoldsAsync(() => Volatile.Read(ref underWay) == 2, "two calls are under way");
        go.Release(1);
        await Eventually.CompletesAsync(Task.WhenAny(calls), "one call is done");
        await Eventually.HoldsAsync(() => Volatile.Read(ref underWay) == 3, "its turn goes to a third");
        go.Release(4);
        await Eventually.CompletesAsync(Task.WhenAll(calls), "all calls are done");

        Assert.Equal(2, stub.Connections);
    }

    [Fact]
    public async Task Waiting_for_a_turn_does_not_count_towards_the_deadline()
    {
        await using var stub = new StubEngine(async r =>
        {
            if (r.Target.Contains("/hung/", StringComparison.Ordinal))
                await r.HangAsync();
            await r.AnswerAsync(200, Container);
        });
        var time = new ManualTime();
        await using var engine = Open(stub, s => s with { MaxControlConnections = 1, ControlTimeout = TimeSpan.FromSeconds(3) }, time);

        var hung = engine.FindContainerAsync("hung", None);
        await Eventually.HoldsAsync(() => stub.Requests.Any(r => r.Contains("/hung/", StringComparison.Ordinal)), "it is asked");
        var behind = engine.FindContainerAsync("c1", None);
        time.Advance(TimeSpan.FromSeconds(3));

        await FailsAsync(EngineErrorKind.TimedOut, () => Eventually.CompletesAsync(hung, "the hung call ends"));
        Assert.Equal("c1", (await Eventually.CompletesAsync(behind, "the call behind it is made"))?.Id);
    }

    [Fact]
    public async Task A_commit_that_takes_its_time_neither_times_out_nor_holds_up_control_calls()
    {
        using var go = new SemaphoreSlim(0);
        var time = new ManualTime();
        await using var stub = new StubEngine(async r =>
        {
            if (r.Target.Contains("/commit", StringComparison.Ordinal))
            {
                await go.WaitAsync(r.End);
                await r.AnswerAsync(201, """{"Id":"sha256:2"}""");
                return;
            }

            await r.AnswerAsync(200, Container);
        });
        await using var engine = Open(
            stub,
            s => s with { MaxControlConnections = 1, MaxLongConnections = 1, ControlTimeout = TimeSpan.FromSeconds(2) },
            time);

        var commit = engine.CommitContainerAsync(
            new CommitSpec("c1", "r", "t", ImmutableSortedDictionary<string, string>.Empty, Pause: false), None);
        await Eventually.HoldsAsync(() => stub.Requests.Any(r => r.Contains("/commit", StringComparison.Ordinal)), "it is asked");
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("c1", (await engine.FindContainerAsync("c1", None))?.Id);
        Assert.False(commit.IsCompleted);
        go.Release();
        Assert.Equal("sha256:2", await Eventually.CompletesAsync(commit, "the commit is done"));
    }

    [Fact]
    public async Task The_version_is_asked_once_by_all_who_come_at_once_and_named_in_every_path()
    {
        await using var stub = new StubEngine(r => r.AnswerAsync(200, Container));
        await using var engine = Open(stub);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => engine.FindContainerAsync("c1", None)));

        Assert.Equal("GET /version", stub.Requests[0]);
        Assert.All(stub.Requests.Skip(1), r => Assert.Equal("GET /v1.41/containers/c1/json", r));
        Assert.Equal(9, stub.Requests.Length);
    }

    [Theory]
    [InlineData("1.52", "1.44", "v1.44")]
    [InlineData("1.43", "1.24", "v1.43")]
    public async Task The_newest_version_that_both_sides_know_is_spoken(string newest, string oldest, string spoken)
    {
        await using var stub = new StubEngine(r => r.AnswerAsync(200, Container));
        stub.Version = $$"""{"Version":"x","ApiVersion":"{{newest}}","MinAPIVersion":"{{oldest}}"}""";
        await using var engine = Open(stub);

        await engine.FindContainerAsync("c1", None);

        Assert.Equal($"GET /{spoken}/containers/c1/json", stub.Requests[^1]);
    }

    [Theory]
    [InlineData("1.40", "1.12")]
    [InlineData("1.60", "1.50")]
    public async Task An_Engine_that_is_too_old_or_too_new_is_refused(string newest, string oldest)
    {
        await using var stub = new StubEngine(r => r.AnswerAsync(200, Container));
        stub.Version = $$"""{"Version":"x","ApiVersion":"{{newest}}","MinAPIVersion":"{{oldest}}"}""";
        await using var engine = Open(stub);

        var failure = await FailsAsync(EngineErrorKind.Invalid, () => engine.FindContainerAsync("c1", None));

        Assert.Contains(newest, failure.Message, StringComparison.Ordinal);
        Assert.Equal("GET /version", Assert.Single(stub.Requests));
    }

    [Fact]
    public async Task What_is_odd_in_a_name_stays_in_the_name()
    {
        await using var stub = new StubEngine(r => r.AnswerAsync(404, """{"message":"no"}"""));
        await using var engine = Open(stub);

        await engine.FindContainerAsync("a/../b?all=1#c", None);
        await engine.FindImageAsync("host:5000/a b:1?x", None);

        Assert.Equal("GET /v1.41/containers/a%2F..%2Fb%3Fall%3D1%23c/json", stub.Requests[1]);
        Assert.Equal("GET /v1.41/images/host:5000/a%20b:1%3Fx/json", stub.Requests[2]);
        await Assert.ThrowsAsync<ArgumentException>(() => engine.RemoveImageAsync("../containers/c1", None));
        await Assert.ThrowsAsync<ArgumentException>(() => engine.RemoveContainerAsync("..", None));
    }

    private static IContainerEngine Open(
        StubEngine stub, Func<EngineSettings, EngineSettings>? with = null, TimeProvider? time = null)
    {
        var settings = new EngineSettings { Host = stub.Address };
        return TestEngine.Open(with is null ? settings : with(settings), time);
    }

    private static async Task<EngineException> FailsAsync(EngineErrorKind kind, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<EngineException>(call);
        Assert.Equal(kind, failure.Kind);
        return failure;
    }
}
