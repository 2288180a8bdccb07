using System.Collections.Immutable;
using NovaDocker.Actors.Docker;
using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Docker;

public abstract partial class ContainerEngineContract
{
    [SkippableFact]
    public async Task Info_names_the_Engine_and_the_size_of_its_machine()
    {
        var info = await (await ReadyAsync()).GetInfoAsync(None);

        Assert.NotEmpty(info.EngineId);
        Assert.NotEmpty(info.Version);
        Assert.Matches(@"^\d+\.\d+$", info.ApiVersion);
        Assert.True(info.Processors > 0);
        Assert.True(info.MemoryBytes > 0);
        Assert.NotEmpty(info.Architecture);
        Assert.Equal("linux", info.OperatingSystem);
    }

    [SkippableFact]
    public async Task Created_shows_what_was_asked_for_and_does_not_run()
    {
        var engine = await ReadyAsync();
        var spec = Spec(Deaf, ("colour", "blue"));

        var id = await engine.CreateContainerAsync(spec, None);

        var found = await GetAsync(engine, id);
        Assert.Equal(id, found.Id);
        Assert.Matches("^[0-9a-f]{64}$", id);
        Assert.Equal(spec.Name, found.Name);
        Assert.Equal("blue", found.Labels["colour"]);
        Assert.Equal((await engine.FindImageAsync(ImageTag, None))!.Id, found.ImageId);
        Assert.Equal(ContainerStatus.Created, found.Status);
        Assert.False(found.IsRunning);
        Assert.Equal(0, found.Pid);
        Assert.Null(found.StartedAt);
        Assert.Null(found.FinishedAt);
        Assert.Equal(id, (await GetAsync(engine, spec.Name)).Id);
    }

    [SkippableFact]
    public async Task Create_under_a_name_that_is_taken_is_a_conflict()
    {
        var engine = await ReadyAsync();
        var spec = Spec(Deaf);
        await engine.CreateContainerAsync(spec, None);

        await FailsAsync(EngineErrorKind.Conflict, () => engine.CreateContainerAsync(spec, None));
    }

    [SkippableFact]
    public async Task Create_of_an_absent_image_is_not_found()
    {
        var engine = await ReadyAsync();

        await FailsAsync(
            EngineErrorKind.NotFound,
            () => engine.CreateContainerAsync(Spec(Deaf) with { Image = "novadocker-test:absent" }, None));
    }

    [SkippableFact]
    public async Task What_is_not_there_is_not_found()
    {
        var engine = await ReadyAsync();
        const string Absent = "novadocker-test-absent";

        Assert.Null(await engine.FindContainerAsync(Absent, None));
        await FailsAsync(EngineErrorKind.NotFound, () => engine.StartContainerAsync(Absent, None));
        await FailsAsync(EngineErrorKind.NotFound, () => engine.StopContainerAsync(Absent, TimeSpan.Zero, None));
        await FailsAsync(EngineErrorKind.NotFound, () => engine.KillContainerAsync(Absent, None));
        await FailsAsync(EngineErrorKind.NotFound, () => engine.PauseContainerAsync(Absent, None));
        await FailsAsync(EngineErrorKind.NotFound, () => engine.UnpauseContainerAsync(Absent, None));
        await FailsAsync(EngineErrorKind.NotFound, () => engine.ReadConsoleAsync(Absent, 10, 1000, null, None));
        await FailsAsync(
            EngineErrorKind.NotFound,
            () => engine.CommitContainerAsync(
                new CommitSpec(Absent, "novadocker-test", "none", ImmutableSortedDictionary<string, string>.Empty, true), None));
    }

    [SkippableFact]
    public async Task Start_runs_it_and_a_second_time_changes_nothing()
    {
        var engine = await ReadyAsync();
        var id = await StartAsync(engine, Deaf);
        var first = await GetAsync(engine, id);

        await engine.StartContainerAsync(id, None);

        var second = await GetAsync(engine, id);
        Assert.Equal(ContainerStatus.Running, second.Status);
        Assert.True(second.Pid > 0);
        Assert.NotNull(second.StartedAt);
        Assert.Equal(first.Pid, second.Pid);
        Assert.Equal(first.StartedAt, second.StartedAt);
    }

    [SkippableFact]
    public async Task Stop_lets_it_end_by_itself_and_when_stopped_is_already_done()
    {
        var engine = await ReadyAsync();
        var id = await StartAsync(engine, Obedient);
        await Eventually.BecomesAsync(
            () => engine.ReadConsoleAsync(id, 1, 100, null, None), c => c.Text == "ready\n", "the program listens");

        await engine.StopContainerAsync(id, TimeSpan.FromSeconds(10), None);
        await engine.StopContainerAsync(id, TimeSpan.FromSeconds(10), None);

        var found = await GetAsync(engine, id);
        Assert.Equal(ContainerStatus.Exited, found.Status);
        Assert.Equal(7, found.ExitCode);
        Assert.NotNull(found.FinishedAt);
        Assert.Equal(0, found.Pid);
    }

    [SkippableFact]
    public async Task Stop_kills_what_does_not_listen_when_the_grace_is_over()
    {
        var engine = await ReadyAsync();
        var id = await StartAsync(engine, Deaf);

        await engine.StopContainerAsync(id, TimeSpan.FromMilliseconds(300), None);

        var found = await GetAsync(engine, id);
        Assert.Equal(ContainerStatus.Exited, found.Status);
        Assert.Equal(137, found.ExitCode);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill_returns_when_it_has_ended_and_when_stopped_is_already_done(bool paused)
    {
        var engine = await ReadyAsync();
        var id = await StartAsync(engine, Deaf);
        if (paused)
            await engine.PauseContainerAsync(id, None);

        await engine.KillContainerAsync(id, None);

        var found = await GetAsync(engine, id);
        Assert.Equal(ContainerStatus.Exited, found.Status);
        Assert.Equal(137, found.ExitCode);
        Assert.False(found.OutOfMemory);
        await engine.KillContainerAsync(id, None);
    }

    [SkippableFact]
    public async Task Pause_freezes_and_unpause_thaws_each_once_or_twice()
    {
        var engine = await ReadyAsync();
        var id = await StartAsync(engine, Deaf);

        await engine.PauseContainerAsync(id, None);
        await engine.PauseContainerAsync(id, None);
        var frozen = await GetAsync(engine, id);
        await engine.UnpauseContainerAsync(id, None);
        await engine.UnpauseContainerAsync(id, None);
        var thawed = await GetAsync(engine, id);

        Assert.Equal(ContainerStatus.Paused, frozen.Status);
        Assert.True(frozen.IsRunning);
        Assert.Equal(ContainerStatus.Running, thawed.Status);
    }

    [SkippableFact]
    public async Task Pause_of_what_does_not_run_is_a_conflict_and_unpause_is_not()
    {
        var engine = await ReadyAsync();
        var id = await engine.CreateContainerAsync(Spec(Deaf), None);

        await FailsAsync(EngineErrorKind.Conflict, () => engine.PauseContainerAsync(id, None));
        await engine.UnpauseContainerAsync(id, None);

        Assert.Equal(ContainerStatus.Created, (await GetAsync(engine, id)).Status);
    }

    [SkippableFact]
    public async Task Remove_takes_it_away_while_it_runs_and_when_gone_is_already_done()
    {
        var engine = await ReadyAsync();
        var id = await StartAsync(engine, Deaf);

        await engine.RemoveContainerAsync(id, None);
        await engine.RemoveContainerAsync(id, None);

        Assert.Null(await engine.FindContainerAsync(id, None));
    }

    [SkippableFact]
    public async Task A_program_that_ends_leaves_its_exit_code()
    {
        var engine = await ReadyAsync();
        var id = await StartAsync(engine, Fails);

        var ended = await EndAsync(engine, id);

        Assert.Equal(3, ended.ExitCode);
        Assert.NotNull(ended.StartedAt);
        Assert.NotNull(ended.FinishedAt);

        // A real Engine takes the two from two processes: one that ends at once may have ended before it was started.
        Assert.InRange(
            ended.FinishedAt.Value, ended.StartedAt.Value - TimeSpan.FromSeconds(5), ended.StartedAt.Value + TimeSpan.FromMinutes(1));
        Assert.False(ended.IsRunning);
    }

    [SkippableFact]
    public async Task List_shows_those_with_all_the_labels_running_or_not()
    {
        var engine = await ReadyAsync();
        var both = await engine.CreateContainerAsync(Spec(Deaf, ("colour", "blue"), ("shape", "round")), None);
        var one = await engine.CreateContainerAsync(Spec(Deaf, ("colour", "blue"), ("shape", "square")), None);
        await engine.StartContainerAsync(one, None);

        var blue = await engine.ListContainersAsync(RunLabels.Add("colour", "blue"), None);
        var blueAndRound = await engine.ListContainersAsync(RunLabels.Add("colour", "blue").Add("shape", "round"), None);
        var green = await engine.ListContainersAsync(RunLabels.Add("colour", "green"), None);

        Assert.Equal(new[] { both, one }.Order(), blue.Select(c => c.Id).Order());
        Assert.Equal(ContainerStatus.Running, blue.Single(c => c.Id == one).Status);
        Assert.Equal(both, Assert.Single(blueAndRound).Id);
        Assert.Empty(green);
    }

    [SkippableFact]
    public async Task Console_holds_output_and_errors_in_the_order_written()
    {
        var engine = await ReadyAsync();
        var id = await WrittenAsync(engine, runs: 3);

        var all = await engine.ReadConsoleAsync(id, 100, 10_000, null, None);
        var lastTwo = await engine.ReadConsoleAsync(id, 2, 10_000, null, None);
        var none = await engine.ReadConsoleAsync(id, 0, 10_000, null, None);

        Assert.Equal(new ConsoleText("first\nzweite Zeile: äöü\nthird\n", Truncated: false), all);
        Assert.Equal(new ConsoleText("zweite Zeile: äöü\nthird\n", Truncated: false), lastTwo);
        Assert.Equal(new ConsoleText("", Truncated: false), none);
    }

    [SkippableFact]
    public async Task Console_that_is_too_long_loses_its_beginning_and_no_half_character_stays()
    {
        var engine = await ReadyAsync();
        var id = await WrittenAsync(engine, runs: 3);

        var end = await engine.ReadConsoleAsync(id, 100, 8, null, None);
        var whole = await engine.ReadConsoleAsync(id, 1, 6, null, None);

        Assert.Equal(new ConsoleText("\nthird\n", Truncated: true), end);
        Assert.Equal(new ConsoleText("third\n", Truncated: false), whole);
    }

    [SkippableFact]
    public async Task A_call_that_is_called_off_is_cancelled_and_not_failed()
    {
        var engine = await ReadyAsync();
        using var off = new CancellationTokenSource();
        await off.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.FindContainerAsync("any", off.Token));
    }

    [SkippableFact]
    public async Task The_console_of_one_run_holds_nothing_of_the_runs_before_it()
    {
        var engine = await ReadyAsync();
        var id = await WrittenAsync(engine, runs: 1);
        var between = TimeProvider.System.GetUtcNow();
        await engine.StartContainerAsync(id, None);
        await EndAsync(engine, id);

        var run = await engine.ReadConsoleAsync(id, 100, 10_000, between, None);
        var all = await engine.ReadConsoleAsync(id, 100, 10_000, null, None);

        Assert.Equal(("zweite Zeile: äöü\n", "first\nzweite Zeile: äöü\n"), (run.Text, all.Text));
    }

    /// <summary>A container that has run so often, and written a line each time.</summary>
    private async Task<string> WrittenAsync(IContainerEngine engine, int runs)
    {
        var id = await engine.CreateContainerAsync(Spec(Writes), None);
        for (var run = 0; run < runs; run++)
        {
            await engine.StartContainerAsync(id, None);
            await EndAsync(engine, id);
        }

        return id;
    }
}
