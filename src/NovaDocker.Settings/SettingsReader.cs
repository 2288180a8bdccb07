using Akka.Configuration;
using NovaDocker.Domain.Common;

namespace NovaDocker.Settings;

/// <summary>Reads HOCON keys with their limits and collects what is wrong instead of stopping at the first fault.</summary>
public sealed class SettingsReader
{
    /// <summary>The path that all keys of ours lie under.</summary>
    public const string Root = "novadocker";

    /// <summary>What may stand in them is not told by the defaults: who reads them checks its names.</summary>
    private static readonly string[] OpenSections =
        [$"{Root}.instances.steps", $"{Root}.networks.vif-types", $"{Root}.networks.local"];

    private readonly Config _config;
    private readonly List<string> _problems = [];

    /// <summary>Begins to read. A key that the defaults do not have is a fault from the start.</summary>
    /// <param name="operatorConfig">What an operator set.</param>
    /// <param name="reference">The defaults.</param>
    public SettingsReader(Config operatorConfig, Config reference)
    {
        _config = operatorConfig.WithFallback(reference);
        FindUnknownKeys(Root, operatorConfig, reference);
    }

    /// <summary>Ends the reading.</summary>
    /// <exception cref="SettingsException">Something was wrong.</exception>
    public void ThrowIfFaulty()
    {
        if (_problems.Count > 0)
            throw new SettingsException(_problems);
    }

    /// <summary>Notes that a value cannot be: <c>novadocker.(key) is (found); (allowed) is expected.</c></summary>
    public void Fault(string key, string found, string allowed) =>
        _problems.Add($"{Root}.{key} is {found}; {allowed} is expected.");

    /// <summary>True where the key has a value.</summary>
    public bool Has(string key) => _config.HasPath($"{Root}.{key}");

    /// <summary>The names in a section that holds those of a known set which somebody wants there; others are faults.</summary>
    public IReadOnlyList<string> Names(string section, IReadOnlyCollection<string> known)
    {
        var path = $"{Root}.{section}";
        if (!_config.HasPath(path) || !_config.GetValue(path).IsObject())
            return [];
        var names = _config.GetValue(path).GetObject().Items.Keys.ToList();
        foreach (var name in names.Where(name => !known.Contains(name)))
        {
            var problem = $"{path}.{name} is no key; {Nearest(name, known)}";
            if (!_problems.Contains(problem))
                _problems.Add(problem);
        }

        return [.. names.Where(known.Contains)];
    }

    /// <summary>The names of the sections within one whose names are the operator's to choose; others are faults.</summary>
    /// <param name="section">The section around them.</param>
    /// <param name="isName">Whether something can be a name.</param>
    /// <param name="allowed">What a name may be.</param>
    public IReadOnlyList<string> Sections(string section, Func<string, bool> isName, string allowed)
    {
        if (!Has(section))
            return [];
        var names = new List<string>();
        if (!_config.GetValue($"{Root}.{section}").IsObject())
        {
            if (!_problems.Exists(problem => problem.StartsWith($"{Root}.{section} is ", StringComparison.Ordinal)))
                Fault(section, $"'{Raw(section)}'", "a section in braces");
            return names;
        }

        foreach (var (name, value) in _config.GetValue($"{Root}.{section}").GetObject().Items.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            if (!isName(name))
                Fault(section, $"a section that holds '{name}'", allowed);
            else if (!value.IsObject())
                Fault($"{section}.{name}", $"'{value.GetString()}'", "a section in braces");
            else
                names.Add(name);
        }

        return names;
    }

    /// <summary>Commands: a list of lists, each with a program and its arguments.</summary>
    public EquatableArray<EquatableArray<string>> Commands(string key)
    {
        const string allowed = "a list of commands, each a list of a program and its arguments, such as [[\"tool\", \"--port\", \"{port-id}\"]],";
        var list = _config.GetValue($"{Root}.{key}");
        if (list.IsString())
            return Faulty<EquatableArray<EquatableArray<string>>>(key, Raw(key), allowed, []);
        var read = new List<EquatableArray<string>>();
        foreach (var line in list.IsArray() ? list.GetArray() : [])
        {
            var words = line.IsArray() ? line.GetArray() : [];
            if (words.Count > 0 && words.All(word => word.IsString()) && words[0].GetString().Trim().Length > 0)
                read.Add(words.Select(word => word.GetString()).ToEquatableArray());
            else
                Fault($"{key}[{read.Count}]", "no command", allowed);
        }

        return read.ToEquatableArray();
    }

    /// <summary>A text, without space around it.</summary>
    public string Text(string key, bool mayBeEmpty = true)
    {
        var text = Raw(key);
        if (text.Length == 0 && !mayBeEmpty)
            Fault(key, "empty", "a value");
        return text;
    }

    /// <summary>One of some words.</summary>
    public string OneOf(string key, params string[] allowed)
    {
        var text = Raw(key);
        if (!allowed.Contains(text, StringComparer.Ordinal))
            Fault(key, $"'{text}'", $"one of {string.Join(", ", allowed)}");
        return text;
    }

    /// <summary>On or off.</summary>
    public bool Switch(string key) => Raw(key) switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        var other => Faulty(key, other, "on or off", false),
    };

    /// <summary>A whole number within limits.</summary>
    public int Number(string key, int least, int most) =>
        int.TryParse(Raw(key), out var number) && number >= least && number <= most
            ? number
            : Faulty(key, Raw(key), $"a whole number from {least} to {most}", least);

    /// <summary>A number within limits.</summary>
    public double Ratio(string key, double least, double most) =>
        double.TryParse(Raw(key), out var number) && number >= least && number <= most
            ? number
            : Faulty(key, Raw(key), $"a number from {least} to {most}", least);

    /// <summary>A time within limits.</summary>
    public TimeSpan Duration(string key, TimeSpan least, TimeSpan most)
    {
        var allowed = $"a time such as 500ms, 10s, 2m or 1h, from {Show(least)} to {Show(most)},";
        try
        {
            var time = _config.GetTimeSpan($"{Root}.{key}", null, allowInfinite: false);
            return time >= least && time <= most ? time : Faulty(key, Raw(key), allowed, least);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException or ConfigurationException)
        {
            return Faulty(key, Raw(key), allowed, least);
        }
    }

    /// <summary>A list in brackets. Elements that cannot be are faults, each by its number, counted from 0.</summary>
    /// <param name="key">The key.</param>
    /// <param name="parse">The element of a text; null where it is none.</param>
    /// <param name="allowed">What an element may be.</param>
    /// <typeparam name="T">The elements.</typeparam>
    public EquatableArray<T> List<T>(string key, Func<string, T?> parse, string allowed)
        where T : class
    {
        var list = _config.GetValue($"{Root}.{key}");
        if (list.IsString())
            return Faulty<EquatableArray<T>>(key, Raw(key), "a list in brackets, such as [\"one\", \"two\"],", []);

        // The parser's value for empty brackets is neither a list nor anything else.
        var elements = list.IsArray() ? list.GetArray() : [];
        var read = new List<T>(elements.Count);
        for (var i = 0; i < elements.Count; i++)
        {
            var text = elements[i].IsString() ? elements[i].GetString()?.Trim() ?? "" : "";
            if (parse(text) is { } element)
                read.Add(element);
            else
                Fault($"{key}[{i}]", elements[i].IsString() ? $"'{text}'" : "a list or a section", allowed);
        }

        return read.ToEquatableArray();
    }

    private static string Show(TimeSpan time) => time switch
    {
        { TotalHours: >= 1 } => $"{time.TotalHours:0.#}h",
        { TotalMinutes: >= 1 } => $"{time.TotalMinutes:0.#}m",
        { TotalSeconds: >= 1 } => $"{time.TotalSeconds:0.#}s",
        _ => $"{time.TotalMilliseconds:0}ms",
    };

    private string Raw(string key) => _config.GetString($"{Root}.{key}", "")?.Trim() ?? "";

    private T Faulty<T>(string key, string found, string allowed, T instead)
    {
        Fault(key, $"'{found}'", allowed);
        return instead;
    }

    private void FindUnknownKeys(string path, Config given, Config known)
    {
        if (!given.HasPath(path) || !given.GetValue(path).IsObject())
            return;
        foreach (var (name, value) in given.GetValue(path).GetObject().Items)
        {
            var child = $"{path}.{name}";
            if (OpenSections.Contains(path, StringComparer.Ordinal))
                continue;
            if (!known.HasPath(child))
                _problems.Add($"{child} is no key; {Nearest(name, known.GetValue(path).GetObject().Items.Keys)}");
            else if (known.GetValue(child).IsObject() != value.IsObject())
                _problems.Add($"{child} is {(value.IsObject() ? "a section" : $"'{value.GetString()}'")}; "
                    + $"{(value.IsObject() ? "a value" : "a section in braces")} is expected.");
            else
                FindUnknownKeys(child, given, known);
        }
    }

    private static string Nearest(string name, IEnumerable<string> known) =>
        Spelling.Nearest(name, known) is { } nearest
            ? $"did you mean {nearest}? All keys are in reference.conf."
            : "all keys are in reference.conf.";
}
