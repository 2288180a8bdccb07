using System.Globalization;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Instances;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NovaDocker.Cli.Output;

/// <summary>All that is known of one instance, a line each; what is not known has none.</summary>
internal static class InstanceDetails
{
    public static IRenderable Of(InstanceView view, string hostName)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        void Line(string label, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                grid.AddRow(new Text(label), new Text(value));
        }

        Line("id", view.Id.ToString());
        Line("name", view.Name);
        grid.AddRow(new Text("state"), Tables.State(view.Phase));
        Line("since", Tables.Time(view.Since));
        Line("up since", UpSince(view));
        Line("health", view.Health is { } health ? EventDescription.Kebab(health) : null);
        if (view.Operation is not null)
            Line("under way", string.Join(' ', ProgressText.Of(view).Text, ProgressText.Of(view).Detail).TrimEnd());
        Line("fault", view.Fault?.ToString());
        Line("last exit", view.LastExit is { } exit ? $"{ExitText.Of(exit)} at {Tables.Time(exit.FinishedAt)}" : null);
        Line("last output", view.LastExit is { } ended ? PlainText.Lines(ended.Output) : null);
        Line("restart", Restart(view));
        Line("when unhealthy", EventDescription.Kebab(view.Upkeep.WhenUnhealthy));
        Line("when lost", EventDescription.Kebab(view.Upkeep.WhenLost));
        Line("Nova says", string.Join(" / ", view.Nova.VmState, view.Nova.TaskState ?? "-", view.Nova.PowerState));
        Line("host", hostName == view.Host.Value ? hostName : $"{hostName} ({view.Host})");
        Line("image", $"{view.Image.Name} ({view.Image.Id})");
        Line("runs", view.EngineImageId);
        Line("container", view.ContainerId);
        Line("container name", view.ContainerAlias is { } alias ? $"{alias} (it was renamed)" : null);
        Line("sandbox", view.SandboxId is { } sandbox ? sandbox + (view.IsSandboxUp ? "" : " (it does not run)") : null);
        Line("memory", string.Create(CultureInfo.InvariantCulture, $"{view.MemoryMb} MiB"));
        Line("vcpus", view.Vcpus.ToString(CultureInfo.InvariantCulture));
        Line("size before", view.OtherSize is { } other ? $"{other} (the resize is neither confirmed nor taken back)" : null);
        Line("rescue", view.Rescue is { } rescue ? $"{rescue.Image.Name} ({rescue.Image.Id}) {rescue.ContainerId}".TrimEnd() : null);
        Line("command", string.Join(' ', view.Command));
        Line("environment", string.Join(' ', view.EnvironmentNames));
        if (view.UserData is { } userData)
        {
            Line("user data", UserDataText.Summary(userData));
            Line("", string.Join('\n', userData.Notes.Select(PlainText.Line)));
        }

        Line("user", view.UserId);
        Line("project", view.ProjectId);
        Line("created", Tables.Time(view.CreatedAt));
        Line("events", view.Revision.ToString(CultureInfo.InvariantCulture));
        return grid;
    }

    private static string? UpSince(InstanceView view) =>
        view is { RunStartedAt: { } started, LastExit: null, ContainerId: not null } ? Tables.Time(started) : null;

    private static string Restart(InstanceView view)
    {
        var policy = view.Upkeep.Restart.ToString();
        return view.Restarts > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{policy}; restarts in a row: {view.Restarts}")
            : policy;
    }
}
