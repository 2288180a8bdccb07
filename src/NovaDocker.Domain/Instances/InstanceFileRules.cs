namespace NovaDocker.Domain.Instances;

/// <summary>What the files may be that a boot brings along.</summary>
public static class InstanceFileRules
{
    /// <summary>The most files of an instance, those of its config drive included.</summary>
    public const int MaxFiles = 128;

    /// <summary>The most bytes of all of them.</summary>
    public const long MaxBytes = 4L * 1024 * 1024;

    private const int MaxPath = 1024;

    /// <summary>Everything that is wrong with them, each as one sentence with key, value and what would be right.</summary>
    public static IReadOnlyList<string> Problems(IReadOnlyCollection<InstanceFile> files)
    {
        var problems = files.Select(file => PathProblem(file.Path)).OfType<string>().ToList();
        if (files.Count > MaxFiles)
            problems.Add($"files: there are {files.Count}; at most {MaxFiles} are possible.");
        if (files.Sum(file => (long)file.Content.Length) is > MaxBytes and var bytes)
            problems.Add($"files: they have {bytes} bytes together; at most {MaxBytes} are possible.");
        problems.AddRange(
            from file in files
            group file by file.Path into same
            where same.Count() > 1
            select $"file '{same.Key}' is there {same.Count()} times; each path has one file.");
        problems.AddRange(
            from file in files
            where files.Any(other => other.Path.StartsWith($"{file.Path}/", StringComparison.Ordinal))
            select $"file '{file.Path}' is a directory of another file; one of the two is expected.");
        return problems;
    }

    /// <summary>What is wrong with the path of a file; null where nothing is.</summary>
    public static string? PathProblem(string path)
    {
        var isPlain = path.Length is > 1 and <= MaxPath && path[0] == '/'
            && !path.Any(letter => letter == ':' || char.IsControl(letter))
            && path[1..].Split('/').All(part => part is not ("" or "." or ".."));
        return isPlain
            ? null
            : $"file '{path}': an absolute path of at most {MaxPath} characters is expected, without '..', empty parts, colons and "
                + "control characters.";
    }
}
