using NovaDocker.Http.Problems;

namespace NovaDocker.Http.Requests;

/// <summary>What is wrong with one request, collected so that all of it is said at once.</summary>
internal sealed class Faults
{
    private readonly List<string> _sentences = [];

    /// <summary>Notes that a value cannot be: <c>(what) is (found); (allowed) is expected.</c></summary>
    public void Add(string what, string found, string allowed) => _sentences.Add($"{what} is {found}; {allowed} is expected.");

    /// <summary>Notes a whole sentence.</summary>
    public void Add(string sentence) => _sentences.Add(sentence);

    /// <summary>Ends the reading.</summary>
    /// <exception cref="ProblemException">Something was wrong.</exception>
    public void ThrowIfAny()
    {
        if (_sentences.Count > 0)
            throw new ProblemException(ProblemKind.InvalidArgument, string.Join(' ', _sentences));
    }
}
