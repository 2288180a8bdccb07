using System.Globalization;
using Microsoft.AspNetCore.Http;
using NovaDocker.Domain.Common;
using NovaDocker.Http.Problems;

namespace NovaDocker.Http.Requests;

/// <summary>Reads the parameters behind the question mark, and refuses those that nobody asks for.</summary>
/// <param name="request">The request.</param>
internal sealed class QueryReader(HttpRequest request)
{
    /// <summary>The longest wait for news, seconds.</summary>
    public const int MaxWait = 20;

    private readonly Faults _faults = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>A text; null where it is absent.</summary>
    public string? Text(string name)
    {
        _known.Add(name);
        var values = request.Query[name];
        if (values.Count > 1)
            _faults.Add(name, $"there {values.Count} times", "one value");
        return values.Count == 0 ? null : values[0];
    }

    /// <summary>One of some words; the first where it is absent.</summary>
    public string OneOf(string name, params string[] words)
    {
        if (Text(name) is not { } text)
            return words[0];
        if (words.Contains(text, StringComparer.Ordinal))
            return text;
        _faults.Add(name, $"'{text}'", $"one of {string.Join(", ", words)}");
        return words[0];
    }

    /// <summary>A whole number within limits; null where it is absent.</summary>
    public long? Number(string name, long least, long most)
    {
        if (Text(name) is not { } text)
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        _faults.Add(name, $"'{text}'", most == long.MaxValue ? $"a whole number of at least {least}" : $"a whole number from {least} to {most}");
        return null;
    }

    /// <summary>How long to wait for news: <c>wait</c>, in seconds.</summary>
    public TimeSpan Wait() => TimeSpan.FromSeconds(Number("wait", 0, MaxWait) ?? 0);

    /// <summary>An instance's id; null where it is absent.</summary>
    public InstanceId? Instance(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (InstanceId.TryParse(text, out var id))
            return id;
        _faults.Add(name, $"'{text}'", "a UUID");
        return null;
    }

    /// <summary>Ends the reading.</summary>
    /// <exception cref="ProblemException">Something was wrong.</exception>
    public void Done()
    {
        foreach (var name in request.Query.Keys.Where(name => !_known.Contains(name)))
        {
            _faults.Add($"{name} is no parameter of this request; known here: "
                + $"{(_known.Count == 0 ? "none" : string.Join(", ", _known.Order(StringComparer.Ordinal)))}.");
        }

        _faults.ThrowIfAny();
    }
}
