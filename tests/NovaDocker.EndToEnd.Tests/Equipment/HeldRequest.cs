using System.Text.RegularExpressions;

namespace NovaDocker.EndToEnd.Tests.Equipment;

/// <summary>Where on its way a request is held.</summary>
public enum HoldAt
{
    /// <summary>Before the service has it.</summary>
    Request,

    /// <summary>When the service has the beginning of its body.</summary>
    Body,

    /// <summary>When the service has a good part of its body.</summary>
    Middle,

    /// <summary>When the service has it all and has not answered.</summary>
    Work,

    /// <summary>When the service has done it, and before the node knows.</summary>
    Answer,

    /// <summary>When the node has the beginning of the answer.</summary>
    AnswerBody,
}

/// <summary>The next request of a kind, held on its way to the service or back, until it is cut off.</summary>
public sealed class HeldRequest(string pattern, HoldAt at)
{
    private readonly Regex _pattern = new(pattern, RegexOptions.CultureInvariant);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;

    public HoldAt At => at;

    /// <summary>Completes when such a request is where it is to be held.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Takes the request if it is one of the kind and the first.</summary>
    public bool Takes(string line) => _pattern.IsMatch(line) && Interlocked.Exchange(ref _taken, 1) == 0;

    /// <summary>Closes the connection of the request; to be called when the node that sent it is gone.</summary>
    public void Cut() => _cut.TrySetResult();

    public Task HoldAsync()
    {
        _reached.TrySetResult();
        return _cut.Task;
    }
}
