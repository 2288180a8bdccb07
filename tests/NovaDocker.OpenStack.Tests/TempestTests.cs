using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.OpenStack.Tests.Equipment;
using NovaDocker.Testing.Processes;
using Xunit.Abstractions;

namespace NovaDocker.OpenStack.Tests;

/// <summary>
/// OpenStack's own tests of servers, by <c>tests/cloud/tempest.sh</c>, in parts of some minutes each. What is left out there
/// stands with its reason in <c>tests/cloud/tempest-skips.txt</c>.
/// </summary>
public sealed class TempestTests(ComputeHost host, ITestOutputHelper output) : CloudTests(host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(9);

    [SkippableTheory]
    [InlineData("[a-d]")]
    [InlineData("[e-r]")]
    [InlineData(@"server_actions\..*\.test_re")]
    [InlineData(@"server_actions\..*\.test_(?!re)")]
    [InlineData(@"server_(?!actions\.)")]
    [InlineData(@"servers\.")]
    [InlineData("servers_|[t-z]")]
    public async Task Tempest_finds_no_fault(string part)
    {
        await using var run = ProgramRun.Start(
            "bash",
            [
                Path.Combine(Repository.Root, "tests/cloud/tempest.sh"), "--dir", Host.Bed!.Cloud.Directory,
                "--regex", $@"^tempest\.api\.compute\.servers\.test_({part})",
            ]);
        var done = await run.EndAsync(Patience);
        output.WriteLine(done.Out);
        Assert.True(done.ExitCode == 0, done.ToString());
    }
}
