namespace NovaDocker.UserData.Policy;

/// <summary>The rules for the host's paths, with their own links resolved as they are now.</summary>
internal sealed class HostPathTable
{
    private const string Key = "host-paths";
    private const string Expected = "/host/path:/container/path:mode with a mode of ro or rw, and z or Z behind a comma, is expected.";

    private readonly ContainerPolicy _policy;
    private readonly IHostPaths _paths;
    private readonly Lazy<IReadOnlyList<Row>> _rows;

    public HostPathTable(ContainerPolicy policy, IHostPaths paths)
    {
        (_policy, _paths) = (policy, paths);
        _rows = new Lazy<IReadOnlyList<Row>>(() => [.. policy.HostPaths.Select(RowOf)]);
    }

    /// <summary>Judges a bind.</summary>
    public HostBind Admit(string bind)
    {
        if (bind.Split(':') is not [var asked, ['/', ..] target, var mode] || target.Any(char.IsControl)
            || AccessOf(mode) is not var (isReadOnly, relabels))
            return HostBind.Refused(Expected);
        if (LexicalPath.Problem(asked) is { } problem)
            return HostBind.Refused(problem);
        if (_rows.Value.Count == 0)
            return HostBind.Refused(Allowed());
        if (Resolve(LexicalPath.Normalize(asked)) is not var (source, exists))
            return HostBind.Refused($"it cannot be resolved on the host; {Allowed()}");
        if (RowFor(source) is not { } row)
            return HostBind.Refused(Allowed());
        return Objection(row, source, exists, isReadOnly, relabels) is { } objection
            ? HostBind.Refused(objection)
            : new HostBind($"{source}:{target}:{mode}", row.Rule, null) { IsMissing = !exists };
    }

    /// <summary>The most specific rule that reaches a path; of several alike the strictest.</summary>
    private Row? RowFor(string source) => _rows.Value
        .Where(row => row.Rule.Exact ? row.Resolved == source : row.Resolved is { } path && LexicalPath.Holds(path, source))
        .OrderByDescending(row => row.Resolved!.Length)
        .ThenByDescending(row => row.Rule.ReadOnly)
        .ThenBy(row => row.Rule.Create)
        .ThenBy(row => row.Rule.Relabel)
        .FirstOrDefault();

    private string? Objection(Row row, string source, bool exists, bool isReadOnly, bool relabels)
    {
        var key = PolicyText.Key(Key);
        if (LexicalPath.Problem(source) is not null)
            return $"it leads to a path that cannot be bound; {Allowed()}";
        if (row.Rule.ReadOnly && !isReadOnly)
            return $"{key} allows {row.Rule.Path} read-only; mode ro is expected.";
        if (relabels && !row.Rule.Relabel)
            return $"{key} allows {row.Rule.Path} without relabel; a mode without z and Z is expected.";
        if (!isReadOnly && _rows.Value.FirstOrDefault(other => other.LiesBelow(source)) is { } inner)
            return $"it holds {inner.Rule.Path}, for which {key} has a rule of its own; mode ro, or a path beside that one, is expected.";
        if (exists)
            return null;
        if (!row.Exists)
            return $"{key} allows {row.Rule.Path}, which does not exist on the host.";
        return row.Rule.Create ? null : $"it does not exist on the host, and {key} allows {row.Rule.Path} without create.";
    }

    private Row RowOf(HostPathRule rule)
    {
        var lexical = LexicalPath.Normalize(rule.Path);
        var resolved = Resolve(lexical);
        return new Row(rule, resolved?.Path, resolved?.Exists ?? false, [lexical, .. Places(lexical)]);
    }

    private IReadOnlyList<string> Places(string path)
    {
        try
        {
            return _paths.PlacesOnTheWay(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Null where the host cannot say; what it said is not for tenants, who could feel their way through it.</summary>
    private (string Path, bool Exists)? Resolve(string path)
    {
        try
        {
            return _paths.Resolve(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Null where this is no mode: propagation into the host is none either.</summary>
    private static (bool IsReadOnly, bool Relabels)? AccessOf(string mode) => mode.Split(',') switch
    {
        ["ro"] => (true, false),
        ["rw"] => (false, false),
        ["ro", "z" or "Z"] => (true, true),
        ["rw", "z" or "Z"] => (false, true),
        _ => null,
    };

    private string Allowed() => PolicyText.Allows(Key, _policy.HostPaths, "no path of the host");

    /// <summary>A rule.</summary>
    /// <param name="Rule">As the policy has it.</param>
    /// <param name="Resolved">Its path with links resolved; null where the host cannot say, and then it allows nothing.</param>
    /// <param name="Exists">Whether all of it exists.</param>
    /// <param name="Places">Its path in its normal form, and the places on its way.</param>
    private sealed record Row(HostPathRule Rule, string? Resolved, bool Exists, IReadOnlyList<string> Places)
    {
        /// <summary>
        /// True where who can write in a directory could write to what this rule protects, or put a link in the place of a
        /// part of its path, and so have the rule allow something else.
        /// </summary>
        public bool LiesBelow(string directory) =>
            Places.Any(place => LexicalPath.IsAbove(directory, place))
            || (Resolved is not null && LexicalPath.IsAbove(directory, Resolved));
    }
}
