using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using static NovaDocker.Domain.Hosts.HostProtocol;

namespace NovaDocker.Cli.Tests.Commands;

public sealed class ReconcileTests
{
    private readonly Shell _shell = new();

    [Fact]
    public async Task Agreement_is_a_note_and_no_table()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("reconcile", "--dry-run"));

        Assert.Equal(["reconcile-dry"], _shell.Client.Sent);
        Assert.Equal("", _shell.Out);
        Assert.Contains("Engine and journal agree", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_are_listed_and_those_left_out_counted()
    {
        _shell.Client.Reconciled = Found(omitted: 7);

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("reconcile"));

        Assert.Equal(["reconcile"], _shell.Client.Sent);
        Assert.Matches("orphan-container +4f5e6d +removed +Its instance was deleted", _shell.Out);
        Assert.Contains("7 more findings", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_a_row_for_each_finding()
    {
        _shell.Client.Reconciled = Found(omitted: 0);

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("--json", "reconcile"));

        var row = Assert.Single(_shell.Rows);
        Assert.Equal("orphan-container", row.GetProperty("kind").GetString());
        Assert.Equal("removed", row.GetProperty("action").GetString());
        Assert.Equal("4f5e6d", row.GetProperty("subject").GetString());
    }

    [Theory]
    [InlineData(FindingKind.OrphanSandbox, "orphan-sandbox")]
    [InlineData(FindingKind.LostSandbox, "lost-sandbox")]
    [InlineData(FindingKind.BrokenVif, "broken-vif")]
    [InlineData(FindingKind.OrphanVif, "orphan-vif")]
    [InlineData(FindingKind.OrphanNetwork, "orphan-network")]
    public async Task What_differs_of_a_network_is_told_as_everything_else(FindingKind kind, string word)
    {
        _shell.Client.Reconciled = new HostReconciled(
            new HostId("host-1"), [new ReconcileFinding(kind, "tap7a5c3b1d-0e", Samples.Web, FindingAction.Recorded, "It is gone.")], 0, null);

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("reconcile"));
        Assert.Matches($"{word} +tap7a5c3b1d-0e +{Samples.Web} +recorded +It is gone", _shell.Out);
    }

    [Fact]
    public async Task A_host_that_could_not_compare_fails_the_command()
    {
        _shell.Client.Reconciled = new HostReconciled(new HostId("host-1"), [], 0, "The Engine does not answer.");

        Assert.Equal(ExitCodes.Failed, await _shell.RunAsync("reconcile"));
        Assert.Contains("The Engine does not answer.", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_compared_is_told_where_not_everything_could_be()
    {
        _shell.Client.Reconciled = NotWhole();

        Assert.Equal(ExitCodes.Failed, await _shell.RunAsync("reconcile"));
        Assert.Matches("orphan-container +4f5e6d", _shell.Out);
        Assert.Contains("Host host-1: not everything was compared. Of the network nothing is known: ip is away.", _shell.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("agree", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_compared_is_a_row_of_its_own_in_json()
    {
        _shell.Client.Reconciled = NotWhole();

        Assert.Equal(ExitCodes.Failed, await _shell.RunAsync("--json", "reconcile"));
        Assert.Equal(["4f5e6d", null], _shell.Rows.Select(row => row.GetProperty("subject").GetString()));
        Assert.Equal("Of the network nothing is known: ip is away.", _shell.Rows[1].GetProperty("problem").GetString());
    }

    private static HostReconciled NotWhole() => Found(omitted: 0) with { Problem = "Of the network nothing is known: ip is away." };

    private static HostReconciled Found(int omitted) => new(
        new HostId("host-1"),
        [new ReconcileFinding(FindingKind.OrphanContainer, "4f5e6d", null, FindingAction.Removed, "Its instance was deleted.")],
        omitted, null);
}
