using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;

namespace NovaDocker.Images.Tests.OpenStack;

/// <summary>
/// Stands between a store and Glance: notes the requests, and does to them what the test asks for. Each connection carries
/// one request, so that nothing that befalls one touches the next.
/// </summary>
internal sealed class GlanceProxy(Uri glance) : TcpHost
{
    private readonly ConcurrentQueue<HttpHead> _requests = new();
    private readonly List<ProxyFault> _faults = [];

    /// <summary>The requests so far, as they came.</summary>
    public IReadOnlyCollection<HttpHead> Requests => _requests;

    /// <summary>The downloads so far: what each asked to begin at, empty for the first byte.</summary>
    public string[] Downloads =>
        [.. _requests.Where(head => head.Line.StartsWith("GET", StringComparison.Ordinal) && head.Line.Contains("/file ", StringComparison.Ordinal))
            .Select(head => head["Range"] ?? "")];

    public ProxyFault Add(ProxyFault fault)
    {
        lock (_faults)
            _faults.Add(fault);
        return fault;
    }

    protected override async Task ServeAsync(NetworkStream connection, CancellationToken cancel)
    {
        var client = PipeReader.Create(connection);
        if (await HttpHead.ReadAsync(client, cancel) is not { } head)
            return;
        _requests.Enqueue(head);
        var fault = FaultOf(head);
        if (fault?.Answer is { } answer)
        {
            await connection.WriteAsync(Encoding.UTF8.GetBytes(answer), cancel);
            return;
        }

        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(glance.Host, glance.Port, cancel);
        await using var back = new NetworkStream(socket);
        await back.WriteAsync((fault is { IgnoresRange: true } ? head.Without("Range") : head).Closing().ToBytes(), cancel);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var sending = PassAsync(client, back, fault, fault?.Request ?? Flow.Free, done.Token);
        var answering = AnswerAsync(PipeReader.Create(back), connection, fault, done.Token);
        await Task.WhenAny(sending, answering);
        await done.CancelAsync();
        await ((Task)Task.WhenAll(sending, answering)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private ProxyFault? FaultOf(HttpHead head)
    {
        lock (_faults)
            return _faults.FirstOrDefault(fault => fault.Takes(head.Line));
    }

    private static async Task AnswerAsync(
        PipeReader from, NetworkStream to, ProxyFault? fault, CancellationToken cancel)
    {
        while (await HttpHead.ReadAsync(from, cancel) is { } head)
        {
            // "Go on" is no answer yet.
            var isLast = !head.Line.Contains(" 100 ", StringComparison.Ordinal);
            await to.WriteAsync((isLast ? head.Closing() : head).ToBytes(), cancel);
            if (!isLast)
                continue;
            await PassAsync(from, to, fault, fault?.Reply ?? Flow.Free, cancel);
            return;
        }
    }

    /// <summary>Passes bytes on until there are no more, or they come to where they are cut.</summary>
    private static async Task PassAsync(
        PipeReader from, NetworkStream to, ProxyFault? fault, Flow flow, CancellationToken cancel)
    {
        var position = 0L;
        var end = flow.CutAt ?? flow.StallAt ?? long.MaxValue;
        while (position < end)
        {
            var result = await from.ReadAsync(cancel);
            var bytes = result.Buffer.ToArray();
            from.AdvanceTo(result.Buffer.End);
            if (bytes.Length == 0)
                return;
            if (flow.AlterAt >= position && flow.AlterAt < position + bytes.Length)
                bytes[flow.AlterAt.Value - position] ^= 1;
            var passing = bytes.AsMemory(0, (int)Math.Min(bytes.Length, end - position));
            if (flow.ByteByByte is null)
                await to.WriteAsync(passing, cancel);
            else
                await TrickleAsync(passing, to, flow.ByteByByte, cancel);
            position += passing.Length;
        }

        fault!.Reach();
        if (flow.StallAt is not null)
            await flow.StalledUntil.WaitAsync(cancel);
    }

    private static async Task TrickleAsync(
        ReadOnlyMemory<byte> bytes, NetworkStream to, SemaphoreSlim gate, CancellationToken cancel)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            await gate.WaitAsync(cancel);
            await to.WriteAsync(bytes.Slice(i, 1), cancel);
        }
    }
}
