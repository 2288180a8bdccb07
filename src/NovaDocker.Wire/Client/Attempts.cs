using Akka.Actor;

namespace NovaDocker.Wire.Client;

/// <summary>
/// The rule of asking a node's door: a question whose answer stays away is asked again until the time is up. All that is said
/// there may be said twice, and all of it may be lost: on the way, or by a part of the node that is just being started again.
/// </summary>
internal static class Attempts
{
    /// <summary>How long the answer to one attempt may take, beyond what the question itself grants.</summary>
    private static readonly TimeSpan AttemptTime = TimeSpan.FromSeconds(5);

    /// <summary>Asks until there is an answer.</summary>
    /// <param name="patience">How long the question itself lets the node wait before it answers.</param>
    /// <param name="timeout">How long all attempts together may take beyond that.</param>
    /// <param name="ask">Asks once, and no longer than it is told; ends with a <see cref="TimeoutException"/> or an
    /// <see cref="AskTimeoutException"/> where no answer came.</param>
    /// <returns>The answer; null where none came in time.</returns>
    public static async Task<object?> AskAsync(TimeSpan patience, TimeSpan timeout, Func<TimeSpan, Task<object>> ask)
    {
        var limit = patience + timeout;
        var began = TimeProvider.System.GetTimestamp();
        for (var left = limit; left > TimeSpan.Zero; left = limit - TimeProvider.System.GetElapsedTime(began))
        {
            try
            {
                var attempt = patience + AttemptTime;
                return await ask(left < attempt ? left : attempt).ConfigureAwait(false);
            }
            catch (Exception e) when (e is TimeoutException or AskTimeoutException)
            {
                // Asked again while there is time.
            }
        }

        return null;
    }
}
