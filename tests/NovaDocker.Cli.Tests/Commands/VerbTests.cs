using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cli.Tests.Commands;

public sealed class VerbTests
{
    private static readonly RequestContext Request = new("req-7", new Initiator("carol", "", "novadocker"));

    private readonly Shell _shell = new();

    public static TheoryData<string, InstancePhase, InstanceVerb> Lines => new()
    {
        { "start", InstancePhase.Active, InstanceVerb.Start },
        { "stop", InstancePhase.Stopped, InstanceVerb.Stop },
        { "reboot", InstancePhase.Active, InstanceVerb.SoftReboot },
        { "reboot --hard", InstancePhase.Active, InstanceVerb.HardReboot },
        { "pause", InstancePhase.Paused, InstanceVerb.Pause },
        { "unpause", InstancePhase.Active, InstanceVerb.Unpause },
        { "delete", InstancePhase.Deleted, InstanceVerb.Delete },
        { "snapshot --name s", InstancePhase.Active, InstanceVerb.Snapshot },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_verb_is_sent_and_waited_for(string line, InstancePhase landing, InstanceVerb verb)
    {
        _shell.Client.Course = id => [Samples.View(id, phase: landing)];

        Assert.Equal(ExitCodes.Done, await RunAsync(line));

        var command = Assert.IsAssignableFrom<VerbCommand>(_shell.Client.Sent[0]);
        Assert.Equal((verb, Samples.Web, Request), (command.Verb, command.InstanceId, command.Request));
    }

    [Fact]
    public async Task A_repeated_verb_has_nothing_to_do()
    {
        _shell.Client.Instances.Add(Samples.View());
        _shell.Client.Reply = id => new AlreadyDone(id);

        Assert.Equal(ExitCodes.Done, await RunAsync("start"));
        Assert.Equal($"{Samples.Web} active: nothing to do", _shell.Out.TrimEnd());
    }

    [Fact]
    public async Task Snapshot_names_the_new_image()
    {
        Assert.Equal(ExitCodes.Done, await RunAsync($"snapshot --name s --no-pause --json --image-id {Samples.Busybox}"));

        Assert.Equal(new SnapshotTarget(Samples.Busybox, "s", false), Assert.IsType<Snapshot>(_shell.Client.Sent[0]).Target);
        Assert.Equal(Samples.Busybox.ToString(), Assert.Single(_shell.Rows).GetProperty("snapshotImageId").GetString());
    }

    [Fact]
    public async Task A_verb_called_off_by_a_deletion_has_failed()
    {
        _shell.Client.Course = id => [Samples.View(id, phase: InstancePhase.Deleting)];

        Assert.Equal(ExitCodes.Failed, await RunAsync("stop"));
        Assert.Contains("called off", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delete_that_leaves_the_instance_has_failed()
    {
        _shell.Client.Course = id =>
            [Samples.View(id, phase: InstancePhase.Error, fault: new Fault(FaultCode.Unavailable, "The Engine does not answer."))];

        Assert.Equal(ExitCodes.Failed, await RunAsync("delete"));
        Assert.Contains("The Engine does not answer.", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_id_is_not_found()
    {
        _shell.Client.Reply = id => new NotFound(id);

        Assert.Equal(ExitCodes.NotFound, await RunAsync("stop"));
        Assert.Contains(Samples.Web.ToString(), _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_does_not_answer_is_exit_code_5()
    {
        _shell.Client.Failure = new HostUnreachableException("No node can be reached at 10.0.0.1:4053.");

        Assert.Equal(ExitCodes.Unreachable, await RunAsync("stop --json"));
        Assert.Equal("host-unreachable", _shell.ErrorRow.GetProperty("error").GetString());
        Assert.Contains("10.0.0.1:4053", _shell.ErrorRow.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "127.0.0.1:4053")]
    [InlineData(null, "c2:5000", "c2:5000")]
    [InlineData("c3", "c2:5000", "c3:4053")]
    [InlineData("[::1]:99", null, "[::1]:99")]
    [InlineData("localhost", null, "localhost:4053 127.0.0.1:4053")]
    public async Task The_node_is_that_of_the_option_else_the_variable_else_this_machine(string? option, string? variable, string contacts)
    {
        if (variable is not null)
            _shell.Variables["NOVADOCKER_NODE"] = variable;

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync(option is null ? ["hosts", "--timeout", "2.5"] : ["hosts", "--timeout", "2.5", "--node", option]));

        Assert.Equal(contacts, string.Join(' ', _shell.Options!.Contacts));
        Assert.Equal(TimeSpan.FromSeconds(2.5), _shell.Options.Timeout);
    }

    [Fact]
    public async Task A_name_is_resolved_among_the_living_first()
    {
        _shell.Client.Instances.AddRange(
            [Samples.View(Samples.Id(1), phase: InstancePhase.Deleted), Samples.View(Samples.Id(2)), Samples.View(Samples.Id(3), name: "other")]);
        _shell.Client.Course = id => [Samples.View(id, phase: InstancePhase.Stopped)];

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("stop", "web"));
        Assert.Equal(Samples.Id(2), Assert.Single(_shell.Client.Sent.OfType<Stop>()).InstanceId);
    }

    [Fact]
    public async Task The_history_of_a_deleted_name_is_found()
    {
        _shell.Client.Instances.Add(Samples.View(Samples.Id(1), phase: InstancePhase.Deleted));
        _shell.Client.History.Add(Samples.Entry(1));

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("history", "web"));
        Assert.Contains("boot-requested", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_two_instances_have_is_wrong_usage_and_lists_them()
    {
        _shell.Client.Instances.AddRange([Samples.View(Samples.Id(1)), Samples.View(Samples.Id(2))]);

        Assert.Equal(ExitCodes.Usage, await _shell.RunAsync("delete", "web"));
        Assert.Contains($"{Samples.Id(1)}, {Samples.Id(2)}", _shell.Error, StringComparison.Ordinal);
        Assert.Empty(_shell.Client.Sent.OfType<Delete>());
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_not_found()
    {
        Assert.Equal(ExitCodes.NotFound, await _shell.RunAsync("show", "nobody"));
        Assert.Contains("'nobody'", _shell.Error, StringComparison.Ordinal);
    }

    private Task<int> RunAsync(string line)
    {
        var words = line.Split(' ');
        return _shell.RunAsync([words[0], Samples.Web.ToString(), .. words[1..], "--request-id", "req-7"]);
    }
}
