namespace NovaDocker.Domain.Instances;

/// <summary>A wait that doubles each time up to a limit.</summary>
public static class Backoff
{
    /// <summary>The wait after the n-th time, counted from 1.</summary>
    public static TimeSpan After(int n, TimeSpan initial, TimeSpan most)
    {
        var wait = initial.TotalMilliseconds * Math.Pow(2, n - 1);
        return wait < most.TotalMilliseconds ? TimeSpan.FromMilliseconds(wait) : most;
    }
}
