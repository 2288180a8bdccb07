using System.Diagnostics;

namespace NovaDocker.Testing.Processes;

/// <summary>Runs the shell scripts of the repository.</summary>
public static class Script
{
    /// <summary>Runs one to its end and returns what it wrote to standard output.</summary>
    /// <param name="path">Its path in the repository.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InvalidOperationException">It failed; the message holds all that it wrote.</exception>
    public static Task<string> RunAsync(string path, params string[] arguments) => RunAsync([], path, arguments);

    /// <summary>The same, by way of another program that is given the command line.</summary>
    /// <param name="by">The other program and its own arguments; empty for none.</param>
    /// <param name="path">The script's path in the repository.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InvalidOperationException">It failed; the message holds all that it wrote.</exception>
    public static async Task<string> RunAsync(IReadOnlyList<string> by, string path, params string[] arguments)
    {
        string[] line = [.. by, "bash", Path.Combine(Repository.Root, path), .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode == 0
            ? await output.ConfigureAwait(false)
            : throw new InvalidOperationException($"{path} {string.Join(' ', arguments)} failed:\n{await output}{await errors}");
    }
}
