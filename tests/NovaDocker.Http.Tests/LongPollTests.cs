using System.Net;
using NovaDocker.Http.Tests.Equipment;
using NovaDocker.Testing;

namespace NovaDocker.Http.Tests;

/// <summary>Who waits is told of news, is let go when the node stops, and leaves nothing behind when it goes itself.</summary>
public sealed class LongPollTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_wait_ends_with_the_next_event()
    {
        await using var lab = await DoorLab.StartedAsync();
        var id = await lab.Client.BootedAsync();
        var revision = (await lab.Client.InstanceAsync(id)).Number("revision");
        var waiting = lab.Client.GetAsync($"/v1/instances/{id}?revision={revision}&wait=20");
        await WaitersAsync(lab, 1);
        Assert.False(waiting.IsCompleted);

        await lab.Client.PostAsync($"/v1/instances/{id}/actions/pause");

        var news = await Eventually.CompletesAsync(waiting, "the news", Soon);
        Assert.True(news.Expect(HttpStatusCode.OK).Body.Number("revision") > revision);
    }

    [Fact]
    public async Task A_wait_whose_time_is_up_is_answered_by_what_is()
    {
        await using var lab = await DoorLab.StartedAsync();
        var id = await lab.Client.BootedAsync();
        var view = await lab.Client.InstanceAsync(id);

        var same = await lab.Client.GetAsync($"/v1/instances/{id}?revision={view.Number("revision")}&wait=1");

        Assert.Equal(view.ToJsonString(), same.Expect(HttpStatusCode.OK).Body.ToJsonString());
    }

    [Fact]
    public async Task Whoever_waits_is_answered_when_the_node_stops()
    {
        await using var lab = await DoorLab.StartedAsync();
        var id = await lab.Client.BootedAsync();
        var held = lab.Engine.Faults.HoldBefore(EngineCall.PauseContainer);
        var operation = (await lab.Client.PostAsync($"/v1/instances/{id}/actions/pause")).Body;
        await held.Reached;
        using var client = new DoorClient(lab.SocketPath);
        var next = (await client.GetAsync("/v1/lifecycle")).Body.Number("next");
        var revision = (await client.InstanceAsync(id)).Number("revision");
        var instance = client.GetAsync($"/v1/instances/{id}?revision={revision}&wait=20");
        var ofOperation = client.GetAsync($"{operation.Text("href")}?revision={revision}&wait=20");
        var lifecycle = client.GetAsync($"/v1/lifecycle?after={next}&wait=20");
        await WaitersAsync(lab, 3);

        var stopping = lab.StopAsync();
        var answers = await Eventually.CompletesAsync(Task.WhenAll(instance, ofOperation, lifecycle), "all are answered", Soon);

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.OK));
        Assert.Equal("pausing", answers[0].Body.Text("phase"));
        Assert.Equal(("running", operation.Text("id")), (answers[1].Body.Text("state"), answers[1].Body.Text("id")));
        Assert.Empty(answers[2].Body["events"]!.AsArray());
        Assert.True(answers[2].Body.Number("next") >= next);
        await Eventually.CompletesAsync(stopping, "the node has stopped", TimeSpan.FromSeconds(30));
        held.Release();
    }

    [Fact]
    public async Task A_client_that_goes_ends_its_wait_and_nothing_else()
    {
        await using var lab = await DoorLab.StartedAsync();
        var id = await lab.Client.BootedAsync();
        using var gone = new CancellationTokenSource();
        var waiting = lab.Client.GetAsync($"/v1/instances/{id}?revision=999&wait=20", gone.Token);
        await WaitersAsync(lab, 1);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await WaitersAsync(lab, 0);
        await lab.Client.DoAsync(id, "stop");
        Assert.DoesNotContain("status=\"500\"", await MetricsAsync(lab), StringComparison.Ordinal);
    }

    /// <summary>Waits until so many requests wait for news.</summary>
    private static Task<string> WaitersAsync(DoorLab lab, int count) => Eventually.BecomesAsync(
        () => MetricsAsync(lab),
        metrics => metrics.Contains($"novadocker_http_requests_waiting {count}\n", StringComparison.Ordinal), $"{count} wait");

    private static async Task<string> MetricsAsync(DoorLab lab)
    {
        using var client = new DoorClient(lab.SocketPath);
        return (await client.GetAsync("/v1/metrics")).Expect(HttpStatusCode.OK).Text;
    }
}
