using System.Runtime.CompilerServices;
using System.Text;
using NovaDocker.Cli.UserData;
using NovaDocker.UserData.Policy;

namespace NovaDocker.Cli.Tests.Commands;

/// <summary>Documents and policies as they are written, through the real reader: what a boot would say.</summary>
public sealed class UserDataDocumentTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Options_are_told_with_the_lines_of_their_keys()
    {
        Assert.Equal(ExitCodes.Done, await CheckAsync("Hostname: docker\nHostConfig:\n  Memory: 64m\n"));

        Assert.Matches(@"\nhostname +docker +user data \(Hostname, line 1\)\n", _shell.Out);
        Assert.Matches(@"\nmemory +67108864 +user data \(HostConfig\.Memory, line 3\)\n", _shell.Out);
    }

    [Fact]
    public async Task Every_fault_is_told_at_once()
    {
        Assert.Equal(ExitCodes.Refused, await CheckAsync("Cdm: date\nMemory: lots\n"));

        Assert.StartsWith("novadocker: The user data cannot be taken:", _shell.Error, StringComparison.Ordinal);
        Assert.Contains("line 1, column 1: Cdm", _shell.Error, StringComparison.Ordinal);
        Assert.Contains("line 2, column 9: Memory is 'lots'", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_policy_forbids_is_told_as_such()
    {
        const string Document = "volumes : {/var/run/docker.sock : /var/run/docker.sock}\n";

        Assert.Equal(ExitCodes.Refused, await CheckAsync(Document));
        Assert.StartsWith("novadocker: The operator's policy forbids what the user data asks for:", _shell.Error, StringComparison.Ordinal);
        Assert.Contains("novadocker.policy.host-paths", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_of_a_file_takes_the_place_of_the_default()
    {
        await File.WriteAllTextAsync(_file, "novadocker.policy.host-paths = [\"/tmp:rw,create\"]");

        Assert.Equal(ExitCodes.Done, await CheckAsync("volumes : {/tmp/test112233 : /tmp/test112233}\n", "--policy", _file));
        Assert.Contains($"policy: {_file}", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_with_faults_is_wrong_usage()
    {
        await File.WriteAllTextAsync(_file, "novadocker.policy { linkz = on, volumes-from = maybe }");

        Assert.Equal(ExitCodes.Usage, await CheckAsync("", "--policy", _file));

        Assert.StartsWith($"novadocker: --policy is '{_file}', which is no policy:", _shell.Error, StringComparison.Ordinal);
        Assert.Contains("\n  novadocker.policy.linkz is no key; did you mean links?", _shell.Error, StringComparison.Ordinal);
        Assert.Contains("\n  novadocker.policy.volumes-from is 'maybe'; on or off is expected.", _shell.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("novadocker { policy {", "is no HOCON")]
    [InlineData("novadocker.policy.links = maybe", "novadocker.policy.links is 'maybe'; on or off is expected.")]
    [InlineData("policy.links = on", "policy")]
    public async Task One_fault_of_a_policy_stands_alone(string policy, string words)
    {
        await File.WriteAllTextAsync(_file, policy);

        Assert.Equal(ExitCodes.Usage, await CheckAsync("", "--policy", _file));
        Assert.Contains(words, Assert.Single(_shell.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#cloud-config\npackages: [vim]\n", "a #cloud-config document, left to the metadata service")]
    [InlineData("#!/bin/sh\necho\n", "a script for the guest, left to the metadata service")]
    [InlineData("", "container options; 0 bytes")]
    public async Task What_is_no_document_of_options_is_told(string document, string words)
    {
        Assert.Equal(ExitCodes.Done, await CheckAsync(document));
        Assert.StartsWith(words, _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_example_of_the_user_guide_is_taken_under_the_example_policy()
    {
        var guide = await File.ReadAllTextAsync(Repository("src/USER-DATA.md"));
        var examples = Examples(guide[guide.IndexOf("## Examples", StringComparison.Ordinal)..guide.IndexOf("## The options", StringComparison.Ordinal)])
            .Where(example => !example.StartsWith("resources:", StringComparison.Ordinal)).ToList();

        _shell.UserData = UserDataKit.OfThisMachine with { Paths = new FullHost() };
        Assert.Equal(3, examples.Count);
        foreach (var example in examples)
        {
            var exitCode = await CheckAsync(example, "--policy", Repository("hocon/policy-example.conf"));
            Assert.True(exitCode == ExitCodes.Done, $"{example}\n{_shell.Error}");
        }
    }

    /// <summary>The blocks that are set in by four blanks.</summary>
    private static IEnumerable<string> Examples(string text)
    {
        var block = new StringBuilder();
        foreach (var line in $"{text}\n.".Split('\n'))
        {
            if (line.StartsWith("    ", StringComparison.Ordinal) || (line.Length == 0 && block.Length > 0))
            {
                block.Append(line.Length == 0 ? "" : line[4..]).Append('\n');
            }
            else if (block.Length > 0)
            {
                yield return block.ToString().Trim();
                block.Clear();
            }
        }
    }

    private Task<int> CheckAsync(string document, params string[] options)
    {
        _shell.Input = Encoding.UTF8.GetBytes(document);
        return _shell.RunAsync(["user-data", "check", "-", .. options]);
    }

    /// <summary>A host that has every path that is asked for, and no links.</summary>
    private sealed class FullHost : IHostPaths
    {
        public (string Path, bool Exists) Resolve(string path) => (path, true);
    }

    private static string Repository(string path, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../..", path));
}
