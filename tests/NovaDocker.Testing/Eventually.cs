namespace NovaDocker.Testing;

/// <summary>Waits for a condition, and not longer than it may take.</summary>
public static class Eventually
{
    private static readonly TimeSpan DefaultWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads until the reading satisfies the condition, and returns it; fails with the last reading otherwise.</summary>
    /// <param name="read">Takes a reading.</param>
    /// <param name="holds">The condition.</param>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="within">How long at most; a minute unless told.</param>
    public static async Task<T> BecomesAsync<T>(
        Func<Task<T>> read, Func<T, bool> holds, string what, TimeSpan? within = null)
    {
        var limit = within ?? DefaultWithin;
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var reading = await read().ConfigureAwait(false);
            if (holds(reading))
                return reading;

            if (TimeProvider.System.GetElapsedTime(began) > limit)
                throw new TimeoutException($"Not in {limit.TotalSeconds:0.#} s: {what}. Last seen: {reading}");

            await Task.Delay(Pause).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the condition holds.</summary>
    /// <param name="holds">The condition.</param>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="within">How long at most; a minute unless told.</param>
    public static Task HoldsAsync(Func<bool> holds, string what, TimeSpan? within = null) =>
        BecomesAsync(() => Task.FromResult(holds()), held => held, what, within);

    /// <summary>Waits for a task, and fails where it takes too long.</summary>
    /// <param name="task">The task.</param>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="within">How long at most; a minute unless told.</param>
    public static async Task<T> CompletesAsync<T>(Task<T> task, string what, TimeSpan? within = null)
    {
        await CompletesAsync((Task)task, what, within).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    /// <inheritdoc cref="CompletesAsync{T}"/>
    public static async Task CompletesAsync(Task task, string what, TimeSpan? within = null)
    {
        var limit = within ?? DefaultWithin;
        using var done = new CancellationTokenSource();
        var first = await Task.WhenAny(task, Task.Delay(limit, done.Token)).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
        if (first != task)
            throw new TimeoutException($"Not in {limit.TotalSeconds:0.#} s: {what}.");

        await task.ConfigureAwait(false);
    }
}
