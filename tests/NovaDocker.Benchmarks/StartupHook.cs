using System.Globalization;
using System.Net.Sockets;
using System.Text;

/// <summary>
/// Runs inside the measured node, where the runtime loads it by <c>DOTNET_STARTUP_HOOKS</c>, and tells who asks how large
/// the managed heap is. The runtime asks for this name and no namespace.
/// </summary>
internal static class StartupHook
{
    /// <summary>The environment variable with the socket's path; without it nothing is done.</summary>
    public const string SocketVariable = "NOVADOCKER_BENCHMARK_HEAP_SOCKET";

    /// <summary>Called by the runtime before the program's own start.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(SocketVariable) is { Length: > 0 } path)
            _ = Task.Run(() => AnswerAsync(path));
    }

    private static async Task AnswerAsync(string path)
    {
        File.Delete(path);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        while (true)
        {
            using var caller = await listener.AcceptAsync().ConfigureAwait(false);
            var bytes = GC.GetTotalMemory(forceFullCollection: true);
            await caller.SendAsync(Encoding.ASCII.GetBytes(bytes.ToString(CultureInfo.InvariantCulture))).ConfigureAwait(false);
        }
    }
}
