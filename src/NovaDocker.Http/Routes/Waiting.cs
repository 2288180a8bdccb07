using Microsoft.AspNetCore.Http;
using NovaDocker.Http.Hosting;

namespace NovaDocker.Http.Routes;

/// <summary>Waits for news on behalf of a request: as long as the client is there, and the node is not about to stop.</summary>
internal static class Waiting
{
    /// <summary>Waits.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kit">Knows when the node stops.</param>
    /// <param name="patience">How long at most; none asks once.</param>
    /// <param name="ask">Asks with a patience; is asked once more, with none, where the node stops meanwhile.</param>
    /// <typeparam name="T">What is answered.</typeparam>
    public static async Task<T> AskAsync<T>(
        HttpContext context, DoorKit kit, TimeSpan patience, Func<TimeSpan, CancellationToken, Task<T>> ask)
    {
        if (patience > TimeSpan.Zero && !kit.Stopping.IsCancellationRequested)
        {
            using var counted = kit.Requests.Wait();
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, kit.Stopping);
            try
            {
                return await ask(patience, ends.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested && kit.Stopping.IsCancellationRequested)
            {
                // What is known by now is what there is to be said.
            }
        }

        return await ask(TimeSpan.Zero, context.RequestAborted).ConfigureAwait(false);
    }
}
