using System.Diagnostics;

namespace NovaDocker.Testing.Processes;

/// <summary>Runs the shell scripts of the repository.</summary>
public static class Script
{
    /// <summary>Runs one to its end and returns what it wrote to standard output.</summary>
    /// <param name="path">Its path in the repository.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InvalidOperationException">It failed; the message holds all that it wrote.</exception>
    public static async Task<string> RunAsync(string path, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Repository.Root, path));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode == 0
            ? await output.ConfigureAwait(false)
            : throw new InvalidOperationException($"{path} {string.Join(' ', arguments)} failed:\n{await output}{await errors}");
    }
}
