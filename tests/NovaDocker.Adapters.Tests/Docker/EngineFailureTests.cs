using System.Net;
using System.Net.Sockets;
using System.Text;
using NovaDocker.Actors.Docker;
using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Docker;

/// <summary>How failures of every kind come out of the adapter.</summary>
public sealed class EngineFailureTests
{
    private static CancellationToken None => CancellationToken.None;

    [Theory]
    [InlineData(404, EngineErrorKind.NotFound)]
    [InlineData(409, EngineErrorKind.Conflict)]
    [InlineData(400, EngineErrorKind.Invalid)]
    [InlineData(403, EngineErrorKind.Invalid)]
    [InlineData(429, EngineErrorKind.Invalid)]
    [InlineData(500, EngineErrorKind.Transient)]
    [InlineData(503, EngineErrorKind.Transient)]
    public async Task A_status_decides_the_kind_and_the_message_has_the_Engines_words(int status, EngineErrorKind kind)
    {
        await using var stub = new StubEngine(r => r.AnswerAsync(status, """{"message":"the Engine's words"}"""));
        await using var engine = Open(stub);

        var failure = await FailsAsync(kind, () => engine.StartContainerAsync("c1", None));

        Assert.Equal($"Start container c1: the Engine's words (HTTP {status})", failure.Message);
    }

    [Fact]
    public async Task Words_that_are_no_JSON_are_kept_and_shortened()
    {
        await using var stub = new StubEngine(r => r.AnswerAsync(502, "<html>" + new string('x', 5000)));
        await using var engine = Open(stub);

        var failure = await FailsAsync(EngineErrorKind.Transient, () => engine.StartContainerAsync("c1", None));

        Assert.StartsWith("Start container c1: <html>xxx", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.Message.Length < 1200);
    }

    [Fact]
    public async Task No_answer_in_time_is_timed_out()
    {
        await using var stub = new StubEngine(r => r.HangAsync());
        await using var engine = Open(stub, s => s with { ControlTimeout = TimeSpan.FromMilliseconds(200) });

        await FailsAsync(
            EngineErrorKind.TimedOut,
            () => Eventually.CompletesAsync(engine.FindContainerAsync("c1", None), "the call ends"));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Id\":")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n{\"Id\":")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"Id\":\"c1\"}")]
    [InlineData("rubbish\r\n\r\n")]
    [InlineData("")]
    public async Task An_answer_that_breaks_off_or_makes_no_sense_is_transient(string answer)
    {
        await using var stub = new StubEngine(r => r.SendAndCloseAsync(answer));
        await using var engine = Open(stub);

        await FailsAsync(
            EngineErrorKind.Transient,
            () => Eventually.CompletesAsync(engine.FindContainerAsync("c1", None), "the call ends"));
    }

    [Fact]
    public async Task A_socket_that_nobody_listens_on_is_unavailable_at_once()
    {
        await using var engine = TestEngine.Open(new EngineSettings { Host = new Uri("unix:///nowhere/docker.sock") });

        await FailsAsync(
            EngineErrorKind.Unavailable,
            () => Eventually.CompletesAsync(engine.GetInfoAsync(None), "the call ends"));
        await FailsAsync(EngineErrorKind.Unavailable, () => engine.LoadImageAsync(new MemoryStream([1]), None));
    }

    [Fact]
    public async Task An_Engine_that_comes_back_is_spoken_to_again()
    {
        var stub = new StubEngine(r => r.AnswerAsync(404, "{}"));
        var address = stub.Address;
        await using var engine = TestEngine.Open(new EngineSettings { Host = address });
        Assert.Null(await engine.FindContainerAsync("c1", None));

        await stub.DisposeAsync();

        await FailsAsync(EngineErrorKind.Unavailable, () => engine.FindContainerAsync("c1", None));
        Directory.CreateDirectory(Path.GetDirectoryName(address.LocalPath)!);
        await using var again = new StubEngine(r => r.AnswerAsync(404, "{}"), address);
        Assert.Null(await engine.FindContainerAsync("c1", None));
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_cancelled_while_the_call_hangs()
    {
        await using var stub = new StubEngine(r => r.HangAsync());
        await using var engine = Open(stub);
        using var off = new CancellationTokenSource();

        var call = engine.StopContainerAsync("c1", TimeSpan.Zero, off.Token);
        await Eventually.HoldsAsync(() => stub.Requests.Length == 2, "the call is under way");
        await off.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Eventually.CompletesAsync(call, "the call ends"));
        Assert.Equal(off.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_container_that_vanishes_between_list_and_inspect_is_left_out()
    {
        await using var stub = new StubEngine(r => r.Target switch
        {
            var t when t.Contains("/containers/json", StringComparison.Ordinal) =>
                r.AnswerAsync(200, """[{"Id":"c1"},{"Id":"gone"},{"Id":"c2"}]"""),
            var t when t.Contains("gone", StringComparison.Ordinal) => r.AnswerAsync(404, "{}"),
            var t => r.AnswerAsync(
                200, $$$"""{"Id":"{{{t.Split('/')[3]}}}","Name":"/n","Config":{},"State":{"Status":"running","Running":true}}"""),
        });
        await using var engine = Open(stub);

        var listed = await engine.ListContainersAsync(new Dictionary<string, string>(), None);

        Assert.Equal(["c1", "c2"], listed.Select(c => c.Id));
    }

    [Fact]
    public async Task A_removal_that_is_under_way_is_to_be_tried_again()
    {
        await using var stub = new StubEngine(r => r.Method == "DELETE"
            ? r.AnswerAsync(409, """{"message":"removal in progress"}""")
            : r.AnswerAsync(200, """{"Id":"c1","Name":"/n","Config":{},"State":{"Status":"removing"}}"""));
        await using var engine = Open(stub);

        await FailsAsync(EngineErrorKind.Transient, () => engine.RemoveContainerAsync("c1", None));
    }

    [Fact]
    public async Task An_error_in_the_answer_to_a_load_is_invalid_although_the_status_is_200()
    {
        await using var stub = new StubEngine(async r =>
        {
            await r.DrainAsync();
            await r.AnswerAsync(200, """{"stream":"Loading"}{"errorDetail":{"message":"no such layer"},"error":"no such layer"}""");
        });
        await using var engine = Open(stub);

        var failure = await FailsAsync(
            EngineErrorKind.Invalid, () => engine.LoadImageAsync(new MemoryStream(new byte[100]), None));

        Assert.Contains("no such layer", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_load_whose_bytes_the_Engine_does_not_take_is_timed_out()
    {
        await using var stub = new StubEngine(r => r.HangAsync());
        await using var engine = Open(stub, s => s with { InactivityTimeout = TimeSpan.FromMilliseconds(300) });

        await FailsAsync(
            EngineErrorKind.TimedOut,
            () => Eventually.CompletesAsync(
                engine.LoadImageAsync(new MemoryStream(new byte[32 << 20]), None), "the load ends"));
    }

    [Theory]
    [InlineData(false, EngineErrorKind.Transient)]
    [InlineData(true, EngineErrorKind.TimedOut)]
    public async Task A_saved_archive_that_stops_short_fails_and_gives_its_turn_back(bool hangs, EngineErrorKind kind)
    {
        await using var stub = new StubEngine(async r =>
        {
            await r.BeginChunksAsync();
            await r.ChunkAsync("half an archive");
            if (hangs)
                await r.HangAsync();

            await r.ChunkAsync("");
        });
        await using var engine = Open(
            stub,
            s => s with { MaxLongConnections = 1, InactivityTimeout = hangs ? TimeSpan.FromMilliseconds(300) : s.InactivityTimeout });

        for (var i = 0; i < 2; i++)
        {
            await using var saved = await Eventually.CompletesAsync(engine.SaveImageAsync("i:1", None), "its turn comes");
            await FailsAsync(kind, () => Eventually.CompletesAsync(saved.CopyToAsync(Stream.Null), "the stream ends"));
        }
    }

    [Fact]
    public async Task Events_come_out_and_the_lost_connection_ends_them()
    {
        await using var stub = new StubEngine(async r =>
        {
            await r.BeginChunksAsync();
            await r.ChunkAsync(
                """{"Type":"container","Action":"die","Actor":{"ID":"c1","Attributes":{"a":"b","exitCode":"3","name":"n","image":"i"}},"time":1700000000,"timeNano":1700000000123456789}""");
            await r.ChunkAsync("");
        });
        await using var engine = Open(stub);
        var seen = new List<ContainerEvent>();

        var since = new DateTimeOffset(2023, 11, 14, 22, 13, 20, 500, TimeSpan.Zero);
        await FailsAsync(EngineErrorKind.Unavailable, async () =>
        {
            await foreach (var happened in engine.WatchContainersAsync(since, None))
                seen.Add(happened);
        });

        var die = Assert.Single(seen);
        Assert.Equal("c1", die.ContainerId);
        Assert.Equal("die", die.Action);
        Assert.Equal(KeyValuePair.Create("a", "b"), Assert.Single(die.Labels));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1700000000123).AddTicks(4567), die.At);
        Assert.Contains("since=1700000000.500000000", stub.Requests[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_console_of_many_megabytes_is_read_to_its_end_and_only_the_end_is_kept()
    {
        await using var stub = new StubEngine(async r =>
        {
            if (!r.Target.Contains("/logs", StringComparison.Ordinal))
            {
                await r.AnswerAsync(200, """{"Id":"c1","Config":{"Tty":true},"State":{"Status":"exited"}}""");
                return;
            }

            await r.BeginChunksAsync();
            for (var i = 0; i < 200; i++)
                await r.ChunkAsync(new string('x', 20_000) + "\n");
            await r.ChunkAsync("the end\n");
            await r.ChunkAsync("");
        });
        await using var engine = Open(stub);

        var console = await engine.ReadConsoleAsync("c1", 1000, 30_000, null, None);

        Assert.True(console.Truncated);
        Assert.Equal(30_000, Encoding.UTF8.GetByteCount(console.Text));
        Assert.EndsWith("x\nthe end\n", console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_of_an_unknown_scheme_is_refused_when_opened()
    {
        var failure = Assert.Throws<EngineException>(
            () => TestEngine.Open(new EngineSettings { Host = new Uri("ssh://host/") }));

        Assert.Equal(EngineErrorKind.Invalid, failure.Kind);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_is_unavailable()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        await using var engine = TestEngine.Open(new EngineSettings { Host = new Uri($"http://127.0.0.1:{port}") });

        await FailsAsync(
            EngineErrorKind.Unavailable, () => Eventually.CompletesAsync(engine.GetInfoAsync(None), "the call ends"));
    }

    private static IContainerEngine Open(StubEngine stub, Func<EngineSettings, EngineSettings>? with = null)
    {
        var settings = new EngineSettings { Host = stub.Address };
        return TestEngine.Open(with is null ? settings : with(settings));
    }

    private static async Task<EngineException> FailsAsync(EngineErrorKind kind, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<EngineException>(call);
        Assert.Equal(kind, failure.Kind);
        return failure;
    }
}
