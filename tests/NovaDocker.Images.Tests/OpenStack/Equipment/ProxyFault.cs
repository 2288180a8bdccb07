using System.Text.RegularExpressions;

namespace NovaDocker.Images.Tests.OpenStack;

/// <summary>What a <see cref="GlanceProxy"/> does to requests whose first line matches.</summary>
/// <param name="Pattern">The first line, such as <c>^GET .*/file</c>.</param>
internal sealed record ProxyFault(string Pattern)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many requests it befalls.</summary>
    public int Times { get; set; } = 1;

    /// <summary>An answer in place of Glance's, from its first line on.</summary>
    public string? Answer { get; init; }

    /// <summary>Hides from Glance where the answer is to begin, as if the store behind it could not.</summary>
    public bool IgnoresRange { get; init; }

    /// <summary>What befalls the bytes that Glance is sent.</summary>
    public Flow Request { get; init; } = Flow.Free;

    /// <summary>What befalls the bytes that Glance answers with.</summary>
    public Flow Reply { get; init; } = Flow.Free;

    /// <summary>Completes when the bytes come to where they are cut or stalled.</summary>
    public Task Reached => _reached.Task;

    public bool Takes(string line) => Times > 0 && Regex.IsMatch(line, Pattern) && Times-- > 0;

    public void Reach() => _reached.TrySetResult();
}

/// <summary>What befalls bytes on their way.</summary>
internal sealed record Flow
{
    public static readonly Flow Free = new();

    /// <summary>After how many bytes the connection is closed.</summary>
    public long? CutAt { get; init; }

    /// <summary>After how many bytes nothing moves any more.</summary>
    public long? StallAt { get; init; }

    /// <summary>When the connection that stalls is closed after all; never unless told.</summary>
    public Task StalledUntil { get; init; } = new TaskCompletionSource().Task;

    /// <summary>Which byte becomes another.</summary>
    public long? AlterAt { get; init; }

    /// <summary>Lets one byte pass each time that it is released.</summary>
    public SemaphoreSlim? ByteByByte { get; init; }
}
