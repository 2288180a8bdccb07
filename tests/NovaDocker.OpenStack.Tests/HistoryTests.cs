using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.OpenStack.Tests.Equipment;

namespace NovaDocker.OpenStack.Tests;

/// <summary>What the node knows of who asked for what, beside what Nova knows of it.</summary>
public sealed class HistoryTests(ComputeHost host) : CloudTests(host)
{
    [SkippableFact]
    public async Task The_history_names_user_project_and_request_as_Novas_list_of_actions_does()
    {
        var server = await Host.BootAsync("audited");
        await server.ActAsync("SHUTOFF", "stop");
        await Host.Admin.DoAsync("server", "start", server.Id);
        await server.BecomesAsync("ACTIVE");

        var actions = (await Host.Admin.AskAsync("server", "event", "list", "--long", server.Id)).AsArray()
            .ToDictionary(action => action!.Text("Action")!, action => action!);
        var history = await Host.Lab.HistoryAsync(server.Id);

        var (demo, admin) = (Host.Bed!.Cloud.User("demo"), Host.Bed.Cloud.User("admin"));
        var ids = (Demo: await UserIdAsync("demo"), Admin: await UserIdAsync("admin"));
        foreach (var (action, user, project) in new[]
        {
            ("create", ids.Demo, demo.ProjectId), ("stop", ids.Demo, demo.ProjectId), ("start", ids.Admin, admin.ProjectId),
        })
        {
            var request = actions[action].Text("Request ID")!;
            Assert.Equal(user, actions[action].Text("User ID"));
            var rows = history.Where(row => row.Text("requestId")!.Contains(request, StringComparison.Ordinal)).ToArray();
            Assert.True(rows.Length > 0, $"no event of {action} {request} in {string.Join('\n', history)}");
            Assert.All(rows, row => Assert.Equal((user, project), (row.Text("userId"), row.Text("projectId"))));
        }

        await server.DeleteAsync();
        // It need not be the last: Neutron tells of the port's end, and Nova asks for its detachment once more.
        var deletion = (await Host.Lab.HistoryAsync(server.Id)).Single(row => row.Text("event") == "delete-completed");
        Assert.Equal(("deleted", ids.Demo), (deletion.Text("state"), deletion.Text("userId")));
    }

    private async Task<string> UserIdAsync(string name) => (await Host.Admin.AskAsync("user", "show", name)).Text("id")!;
}
