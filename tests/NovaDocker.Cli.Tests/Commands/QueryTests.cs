using System.Text;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Wire.Client;

namespace NovaDocker.Cli.Tests.Commands;

public sealed class QueryTests
{
    private readonly Shell _shell = new();

    [Fact]
    public async Task List_is_a_table_with_host_names()
    {
        _shell.Client.Instances.AddRange([Samples.View(Samples.Id(1)), Samples.View(Samples.Id(2), "gone", InstancePhase.Deleted)]);

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("list"));

        var lines = _shell.Out.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Matches(@"^ID +NAME +STATE +HOST +IMAGE +SINCE", lines[0]);
        Assert.Matches($@"^{Samples.Id(1)} +web +active +compute-1 +busybox +2026-03-01 12:00:00\.000Z", lines[1]);
        Assert.DoesNotContain('\u001b', _shell.Out);
    }

    [Theory]
    [InlineData("xterm-256color", "", true)]
    [InlineData("xterm-256color", "1", false)]
    [InlineData("dumb", "", false)]
    public async Task Colour_is_for_terminals_that_take_it(string terminal, string noColour, bool coloured)
    {
        _shell.OutIsTerminal = true;
        _shell.Variables["TERM"] = terminal;
        _shell.Variables["NO_COLOR"] = noColour;
        _shell.Client.Instances.Add(Samples.View());

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("list"));

        Assert.Equal(coloured, _shell.Out.Contains('\u001b', StringComparison.Ordinal));
        Assert.Equal(2, _shell.Out.TrimEnd().Split('\n').Length);
        Assert.DoesNotContain(" \n", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_all_json_is_one_object_a_line()
    {
        _shell.Client.Instances.AddRange([Samples.View(Samples.Id(1)), Samples.View(Samples.Id(2), "gone", InstancePhase.Deleted)]);

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("list", "--all", "--json"));
        Assert.Equal(["active", "deleted"], _shell.Rows.Select(row => row.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Show_tells_all()
    {
        _shell.Client.Instances.Add(Samples.View(
            phase: InstancePhase.Building,
            operation: Samples.Building(StepKind.EnsureImage, new TransferProgress(1024, 2048)),
            fault: new Fault(FaultCode.Transient, "The store hiccups.")));

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("show", "web"));

        foreach (var words in new[] { "building: ensure-image 1.0 KiB of 2.0 KiB", "Transient: The store hiccups.", "compute-1", "0123456789abcdef", "256 MiB", "sleep 60", "MODE" })
            Assert.Contains(words, _shell.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EngineState.Healthy, "compute-1 (")]
    [InlineData(EngineState.Unreachable, "compute-1 [Engine unreachable] (")]
    public async Task Show_names_an_Engine_that_is_away_beside_its_host(EngineState state, string host)
    {
        _shell.Client.Instances.Add(Samples.View());
        _shell.Client.Host = Samples.HostView() with { EngineState = state };

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("show", "web"));

        Assert.Contains(host, _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_json_has_the_operation()
    {
        _shell.Client.Instances.Add(Samples.View(
            phase: InstancePhase.Building, operation: Samples.Building(StepKind.EnsureImage, new TransferProgress(1024, 2048))));

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("show", Samples.Web.ToString(), "--json"));

        var operation = Assert.Single(_shell.Rows).GetProperty("operation");
        Assert.Equal(("boot", "ensure-image", 1024), (
            operation.GetProperty("verb").GetString(), operation.GetProperty("step").GetString(), operation.GetProperty("bytesDone").GetInt64()));
    }

    [Fact]
    public async Task History_json_has_the_fields_of_the_record()
    {
        _shell.Client.History.Add(Samples.Entry(1));

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("history", Samples.Web.ToString(), "--json"));

        var row = Assert.Single(_shell.Rows);
        Assert.Equal(1, row.GetProperty("sequence").GetInt64());
        Assert.Equal("2026-03-01T12:00:01Z", row.GetProperty("occurredAt").GetString());
        Assert.Equal("256", row.GetProperty("data").GetProperty("memoryMb").GetString());
        Assert.Equal(
            "boot-requested intent pending building req-1 alice p1 " + Samples.Host,
            string.Join(' ', new[] { "event", "kind", "outcome", "state", "requestId", "userId", "projectId", "host" }
                .Select(field => row.GetProperty(field).GetString())));
    }

    [Theory]
    [InlineData("--follow")]
    [InlineData("--json")]
    [InlineData("--node=c2")]
    public async Task History_shows_every_event(string option)
    {
        _shell.Client.History.AddRange([Samples.Entry(1), Samples.Entry(2, "claim-resources-started")]);

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("history", Samples.Web.ToString(), option));
        Assert.Contains("boot-requested", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("claim-resources-started", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_at_a_time_is_the_instance_as_it_was()
    {
        _shell.Client.Instances.Add(Samples.View());

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("history", Samples.Web.ToString(), "--at", "2026-03-01T13:30:00+01:00", "--json"));

        Assert.Equal(
            new ComputeProtocol.GetInstanceAt(Samples.Web, Samples.Noon.AddMinutes(30)),
            Assert.Single(_shell.Client.Sent.OfType<ComputeProtocol.GetInstanceAt>()));
        Assert.Equal("active", Assert.Single(_shell.Rows).GetProperty("state").GetString());
    }

    [Fact]
    public async Task History_before_the_instance_was_is_not_found()
    {
        Assert.Equal(ExitCodes.NotFound, await _shell.RunAsync("history", Samples.Web.ToString(), "--at", "2026-02-01"));
        Assert.Contains("2026-02-01T00:00:00.000Z", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Console_prints_the_text_and_ends_the_line()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("console", Samples.Web.ToString(), "--lines", "5"));
        Assert.Equal("hello\nworld\n", _shell.Out);
        Assert.Equal("", _shell.Error);
    }

    [Fact]
    public async Task Console_says_where_the_beginning_is_left_out()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("console", Samples.Web.ToString()));
        Assert.Contains("left out", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Console_of_an_instance_without_one_is_refused()
    {
        _shell.Client.Failure = new QueryRefusedException(
            new InstanceProtocol.Refused(Samples.Web, RefusalCode.NoContainer, "There is no container."));

        Assert.Equal(ExitCodes.Refused, await _shell.RunAsync("console", Samples.Web.ToString()));
    }

    [Fact]
    public async Task Images_are_listed()
    {
        _shell.Client.Images.Add(Samples.Image(9));

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("images"));
        Assert.Matches("busybox +1.5 KiB", _shell.Out);
    }

    [Fact]
    public async Task Properties_of_images_are_listed_where_they_are_asked_for()
    {
        _shell.Client.Images.Add(Samples.Image(9) with
        {
            Properties = new EquatableMap<string>([KeyValuePair.Create("os_command_line", "sh -c '\u001b[2J'")]),
        });

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("images", "--properties"));
        Assert.Matches(@"CHECKSUM +PROPERTIES\n.*os_command_line=sh -c '\\x1b\[2J'", _shell.Out);
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("images"));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(_shell.Out, "os_command_line"));
    }

    [Fact]
    public async Task Image_add_reads_standard_input()
    {
        _shell.Input = Encoding.ASCII.GetBytes("archive");

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("image-add", "-", "--name", "busybox", "--property", "a=1", "--json"));

        Assert.Equal(_shell.Input, _shell.Client.Uploaded);
        var row = Assert.Single(_shell.Rows);
        Assert.Equal(("busybox", 7, "1"), (
            row.GetProperty("name").GetString(), row.GetProperty("sizeBytes").GetInt64(), row.GetProperty("properties").GetProperty("a").GetString()));
    }

    [Fact]
    public async Task Image_add_reads_a_file()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("novadocker-cli-").FullName, "image.tar");
        await File.WriteAllTextAsync(file, "archive");
        try
        {
            Assert.Equal(ExitCodes.Done, await _shell.RunAsync("image-add", file, "--name", "busybox"));
            Assert.Equal("archive", Encoding.ASCII.GetString(_shell.Client.Uploaded));
            Assert.Contains("uploading busybox 100 %", _shell.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    [Theory]
    [InlineData(FaultCode.Invalid, ExitCodes.Failed)]
    [InlineData(FaultCode.NotFound, ExitCodes.NotFound)]
    [InlineData(FaultCode.Unavailable, ExitCodes.Unreachable)]
    public async Task A_question_that_fails_has_the_exit_code_of_its_fault(FaultCode code, int exitCode)
    {
        _shell.Client.Failure = new QueryFailedException(new Fault(code, "The archive has no manifest.json."));

        Assert.Equal(exitCode, await _shell.RunAsync("image-add", "-", "--name", "x"));
        Assert.Contains("manifest.json", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hosts_are_listed()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("hosts"));
        Assert.Matches("compute-1 +127.0.0.1:4053 +healthy 20.10.24 +256 of 8192 +1 of 4", _shell.Out);
    }

    [Fact]
    public async Task Hosts_json_has_every_number()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("--json", "hosts"));

        var row = Assert.Single(_shell.Rows);
        Assert.Equal("healthy", row.GetProperty("engineState").GetString());
        Assert.Equal(8192, row.GetProperty("memoryMb").GetInt64());
    }
}
