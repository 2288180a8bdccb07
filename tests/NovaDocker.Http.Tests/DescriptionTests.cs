using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NovaDocker.Http.Hosting;
using NovaDocker.Http.Problems;
using NovaDocker.Http.Routes;
using NovaDocker.Http.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;

namespace NovaDocker.Http.Tests;

/// <summary><c>openapi.yaml</c> says what the door does: all of it, and nothing else.</summary>
public sealed partial class DescriptionTests(RunningDoor running) : IClassFixture<RunningDoor>
{
    private static readonly OpenApi Api = new();

    private readonly DoorLab _lab = running.Lab;
    private readonly HashSet<string> _seen = [];

    private DoorClient Client => _lab.Client;

    [Fact]
    public async Task Every_route_is_described_and_every_description_is_a_route()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        await using var application = builder.Build();
        DoorRoutes.Map(application, new DoorKit(null!, DoorLab.HostId, TimeProvider.System, new RequestCounts(), CancellationToken.None));

        var mapped = ((IEndpointRouteBuilder)application).DataSources.SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Select(method => $"{method} {endpoint.RoutePattern.RawText}"));

        Assert.Equal(Api.Operations.Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_code_of_a_problem_is_described() => Assert.Equal(
        ProblemKind.All.Select(kind => kind.Code).Order(StringComparer.Ordinal), Api.Codes.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_body_has_the_members_that_are_described(string operation)
    {
        var described = Api.BodyOf(operation)!;
        var id = operation.EndsWith("/rebuild", StringComparison.Ordinal) ? await Client.BootedAsync() : CommanderIds.NewInstanceId().ToString();
        var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1].Replace("{id}", id, StringComparison.Ordinal));

        var refused = await Client.ChangeAsync(
            new HttpMethod(method), path.Replace("{reference}", "busybox", StringComparison.Ordinal), """{"~": 1}""");

        var detail = refused.ExpectProblem(400, "invalid-argument").Text("detail")!;
        var known = Known().Match(detail).Groups[1].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(described.Order(StringComparer.Ordinal), known);
    }

    [Fact]
    public async Task Every_answer_is_as_it_is_described()
    {
        var vif = NovaVif.Real();
        foreach (var path in new[] { "/", "/v1/openapi.yaml", "/v1/health", "/v1/metrics", "/v1/host", "/v1/instances?deleted=true", "/v1/lifecycle" })
            await GetAsync($"GET {path.Split('?')[0]}", path);
        var id = CommanderIds.NewInstanceId().ToString();
        var boot = Says(
            "PUT /v1/instances/{id}",
            await Client.PutAsync($"/v1/instances/{id}", DoorClient.BootBody($", \"vifs\": [{vif.ToJsonString()}], \"awaitVifs\": {{\"timeoutSeconds\": 60, \"isFatal\": true}}")));
        await Eventually.BecomesAsync(
            () => Client.GetAsync(boot.Text("href")!), answer => answer.Body.Text("step") == "await-vifs", "the boot waits");
        await GetAsync("GET /v1/instances/{id}", $"/v1/instances/{id}");
        await ActAsync(id, "vif-plugging", """{"outcome": "plugged"}""");
        _lab.Engine.Faults.FailBefore(EngineCall.PauseContainer, Actors.Docker.EngineErrorKind.Invalid);
        var failed = Says("POST /v1/instances/{id}/actions/pause", await Client.PostAsync($"/v1/instances/{id}/actions/pause"));
        await Client.EndAsync(failed);
        await GetAsync("GET /v1/instances/{id}/operations/{operation}", failed.Text("href")!);
        await GetAsync("GET /v1/instances/{id}", $"/v1/instances/{id}");
        var more = NovaVif.New("10.88.0.77");
        foreach (var (action, body) in new[]
        {
            ("pause", "{}"), ("unpause", "{}"), ("suspend", "{}"), ("resume", "{}"), ("reboot", """{"type": "hard"}"""),
            ("stop", "{}"), ("start", "{}"), ("start", "{}"), ("resize", """{"memoryMb": 96, "vcpus": 1}"""), ("revert-resize", "{}"),
            ("resize", """{"memoryMb": 96, "vcpus": 1}"""), ("confirm-resize", "{}"), ("rescue", "{}"), ("unrescue", "{}"),
            ("snapshot", """{"name": "s"}"""), ("attach-interface", $$"""{"vif": {{more.ToJsonString()}}}"""),
            ("detach-interface", $$"""{"portId": "{{more.Text("id")}}"}"""), ("rebuild", """{"image": "busybox"}"""),
        })
        {
            await ActAsync(id, action, body);
            await GetAsync("GET /v1/instances/{id}", $"/v1/instances/{id}");
        }

        await GetAsync("GET /v1/instances/{id}/console", $"/v1/instances/{id}/console");
        await GetAsync("GET /v1/instances/{id}/diagnostics", $"/v1/instances/{id}/diagnostics");
        var now = (await Client.GetAsync("/v1/lifecycle")).Body.Number("next");
        _lab.Engine.Exit($"nova-{id}", 137);
        await GetAsync("GET /v1/lifecycle", $"/v1/lifecycle?after={now}&wait=20");
        await GetAsync("GET /v1/instances", "/v1/instances");
        await GetAsync("GET /v1/instances/{id}/diagnostics", $"/v1/instances/{id}/diagnostics");
        await GetAsync("GET /v1/instances/{id}/history", $"/v1/instances/{id}/history");
        Says("POST /v1/images/{reference}/pull", await Client.PostAsync("/v1/images/busybox/pull"));
        Says("POST /v1/images/{reference}/pull", await Client.PostAsync("/v1/images/nothing/pull"));
        Says("POST /v1/images/collect", await Client.PostAsync("/v1/images/collect"));
        Says("PUT /v1/instances/{id}", await Client.PutAsync($"/v1/instances/{id}", "{}"));
        Says("DELETE /v1/instances/{id}", await Client.ChangeAsync(HttpMethod.Delete, $"/v1/instances/{id}"));

        Assert.Equal(Api.Operations.Order(StringComparer.Ordinal), _seen.Order(StringComparer.Ordinal));
    }

    public static TheoryData<string> Changes => [.. Api.Operations.Where(operation => Api.BodyOf(operation) is not null)];

    [GeneratedRegex("~ is no member;(?:.* known here: ([^.]*)| none is known here)\\.")]
    private static partial Regex Known();

    private async Task GetAsync(string operation, string path) => Says(operation, await Client.GetAsync(path));

    private async Task ActAsync(string id, string action, string body)
    {
        var answer = await Client.PostAsync($"/v1/instances/{id}/actions/{action}", body);
        var operation = Says($"POST /v1/instances/{{id}}/actions/{action}", answer);
        if (operation.Text("state") == "running")
            Assert.Equal("succeeded", (await Client.EndAsync(operation)).Text("state"));
    }

    private JsonNode Says(string operation, DoorAnswer answer)
    {
        Assert.Empty(Api.Faults(operation, answer));
        _seen.Add(operation);
        return answer.Json ?? JsonValue.Create(answer.Text)!;
    }
}
