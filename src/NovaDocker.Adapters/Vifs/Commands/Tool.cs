namespace NovaDocker.Adapters.Vifs.Commands;

/// <summary>A program of the host, and what to tell an operator who does not have it.</summary>
/// <param name="Program">A path, or a name that is looked for on <c>PATH</c>.</param>
/// <param name="Remedy">What to do where it is missing, such as <c>install iproute2, or set …</c>.</param>
public sealed record Tool(string Program, string Remedy)
{
    /// <summary>Where daemons and tools of the administrator lie, which the <c>PATH</c> of a plain login does not hold.</summary>
    private static readonly string[] Beyond = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

    /// <summary>True where a path was given, and no name.</summary>
    public bool IsPath => Program.Contains('/', StringComparison.Ordinal);

    /// <summary>What is wrong where it is missing; null where it is there.</summary>
    public string? Problem => Find() is not null
        ? null
        : $"'{Program}' was not found{(IsPath ? "" : " on PATH")}; {Remedy}";

    /// <summary>Its path; null where it is missing.</summary>
    public string? Find()
    {
        if (IsPath)
            return File.Exists(Program) ? Program : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(Beyond)
            .Select(directory => Path.Combine(directory, Program))
            .FirstOrDefault(File.Exists);
    }
}
