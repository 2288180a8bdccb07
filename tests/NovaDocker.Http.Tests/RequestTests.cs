using System.Net;
using System.Text;
using NovaDocker.Http.Hosting;
using NovaDocker.Http.Requests;
using NovaDocker.Http.Tests.Equipment;
using NovaDocker.Wire.Client;

namespace NovaDocker.Http.Tests;

/// <summary>What is refused, and what is said of it.</summary>
public sealed class RequestTests(RunningDoor running) : IClassFixture<RunningDoor>
{
    private readonly DoorLab _lab = running.Lab;

    private DoorClient Client => _lab.Client;

    private static string Anybody => $"/v1/instances/{CommanderIds.NewInstanceId()}";

    [Theory]
    [InlineData("{\"name\": \"web\",\n  \"image\": }", "The body is no JSON: ", "LineNumber: 1")]
    [InlineData("[]", "The body is no JSON object; one in braces is expected.", "")]
    [InlineData("""{"name": "web", "name": "web"}""", "The body is no JSON: ", "name")]
    [InlineData("""{"name": 1, "image": "b", "memoryMb": 64, "vcpus": 1}""", "name is 1; a text is expected.", "")]
    [InlineData("""{"name": "w", "image": "b", "memoryMB": 64, "vcpus": 1}""", "memoryMb is missing; a whole number from 6 to 16777216 is expected.", "memoryMB is no member; did you mean memoryMb? known here: awaitVifs, command,")]
    [InlineData("""{"name": "w", "image": "", "memoryMb": 64, "vcpus": 1}""", "image is empty; the id or the name of an image is expected.", "")]
    [InlineData("""{"name": "w", "image": "b", "memoryMb": 64.5, "vcpus": "1"}""", "memoryMb is 64.5; a whole number", "vcpus is '1'; a whole number")]
    [InlineData("""{"name": "w", "image": "b", "memoryMb": 64, "vcpus": 1, "command": ["a", 2]}""", "command[1] is 2; a text is expected.", "")]
    [InlineData("""{"name": "w", "image": "b", "memoryMb": 64, "vcpus": 1, "environment": {"A": 1}}""", "environment.A is 1; a text is expected.", "")]
    [InlineData("""{"name": "w", "image": "b", "memoryMb": 64, "vcpus": 1, "vifs": {}}""", "vifs is an object; a list of objects is expected.", "")]
    [InlineData("""{"name": "w", "image": "b", "memoryMb": 64, "vcpus": 1, "awaitVifs": {"isFatal": "yes", "x": 1}}""", "awaitVifs.timeoutSeconds is missing", "awaitVifs.x is no member; known here: isFatal, timeoutSeconds.")]
    [InlineData("""{"name": "w", "image": "b", "memoryMb": 64, "vcpus": 1, "injectedFiles": [{"path": "/a", "content": "%"}]}""", "injectedFiles[0].content is '%'; base64 is expected.", "")]
    public async Task What_is_wrong_with_a_body_is_said_with_member_and_place(string body, string message, string more)
    {
        var problem = (await Client.PutAsync(Anybody, body)).ExpectProblem(400, "invalid-argument");

        Assert.Contains(message, problem.Text("detail"), StringComparison.Ordinal);
        Assert.Contains(more, problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("start", """{"hard": true}""", "hard is no member; none is known here.")]
    [InlineData("reboot", "{}", "type is missing; soft or hard is expected.")]
    [InlineData("reboot", """{"type": "warm"}""", "type is 'warm'; soft or hard is expected.")]
    [InlineData("snapshot", """{"imageId": "x"}""", "imageId is 'x'; the UUID of an image is expected.")]
    [InlineData("resize", """{"memoryMb": 1}""", "memoryMb is 1; a whole number from 6")]
    [InlineData("detach-interface", null, "portId is missing; the UUID of a port is expected.")]
    [InlineData("attach-interface", "{}", "vif is missing; an object is expected.")]
    [InlineData("vif-plugging", """{"outcome": "so-so"}""", "outcome is 'so-so'; plugged, timed-out or failed is expected.")]
    public async Task So_is_what_is_wrong_with_an_action(string action, string? body, string message)
    {
        var problem = (await Client.PostAsync($"{Anybody}/actions/{action}", body)).ExpectProblem(400, "invalid-argument");

        Assert.Contains(message, problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/instances/x", "The instance's id is 'x'; a UUID is expected.")]
    [InlineData("/v1/instances?limit=0", "limit is '0'; a whole number from 1 to 100 is expected.")]
    [InlineData("/v1/instances?limit=1&limit=2", "limit is there 2 times; one value is expected.")]
    [InlineData("/v1/instances?deleted=maybe", "deleted is 'maybe'; one of false, true is expected.")]
    [InlineData("/v1/instances?marker=1", "marker is no parameter of this request; known here: after, deleted, limit.")]
    [InlineData("/v1/instances?after=x", "after is 'x'; a UUID is expected.")]
    [InlineData("/v1/lifecycle?after=-1", "after is '-1'; a whole number from 0")]
    [InlineData("/v1/lifecycle?wait=21", "wait is '21'; a whole number from 0 to 20 is expected.")]
    public async Task So_is_what_is_wrong_with_an_address(string path, string message) => Assert.Contains(
        message, (await Client.GetAsync(path)).ExpectProblem(400, "invalid-argument").Text("detail"), StringComparison.Ordinal);

    [Fact]
    public async Task What_is_not_there_is_a_problem_like_any_other()
    {
        (await Client.GetAsync("/v2")).ExpectProblem(404, "not-found");
        (await Client.GetAsync(Anybody)).ExpectProblem(404, "not-found");
        (await Client.GetAsync($"{Anybody}/history")).ExpectProblem(404, "not-found");
        (await Client.PostAsync($"{Anybody}/actions/start")).ExpectProblem(404, "not-found");
        (await Client.PostAsync($"{Anybody}/actions/explode")).ExpectProblem(404, "not-found");
        (await Client.PostAsync($"{Anybody}/actions/rebuild", """{"image": "busybox"}""")).ExpectProblem(404, "not-found");
        (await Client.PutAsync(Anybody, """{"name": "w", "image": "no-such", "memoryMb": 64, "vcpus": 1}""")).ExpectProblem(404, "image-not-found");
        var id = await Client.BootedAsync();
        var missing = await Client.GetAsync($"/v1/instances/{id}/operations/{CommanderIds.NewInstanceId()}");
        Assert.Equal(id, missing.ExpectProblem(404, "not-found").Text("instanceId"));
    }

    [Fact]
    public async Task A_method_that_is_not_taken_is_answered_by_those_that_are()
    {
        var problem = (await Client.PostAsync("/v1/host")).ExpectProblem(405, "method-not-allowed");

        Assert.Contains("GET is expected", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_without_the_id_of_its_request_is_not_begun()
    {
        var id = CommanderIds.NewInstanceId();
        var path = $"/v1/instances/{id}";

        var missing = await Client.PutAsync(path, DoorClient.BootBody(), "");
        var tooLong = await Client.PutAsync(path, DoorClient.BootBody(), new string('r', 129));

        Assert.Contains(Caller.RequestIdHeader, missing.ExpectProblem(400, "invalid-argument").Text("detail"), StringComparison.Ordinal);
        Assert.Contains("129 characters long", tooLong.ExpectProblem(400, "invalid-argument").Text("detail"), StringComparison.Ordinal);
        (await Client.ChangeAsync(HttpMethod.Delete, path, null, "")).ExpectProblem(400, "invalid-argument");
        (await Client.PostAsync($"{path}/actions/start", null, "")).ExpectProblem(400, "invalid-argument");
        (await Client.PostAsync("/v1/images/busybox/pull", null, "")).ExpectProblem(400, "invalid-argument");
        (await Client.PostAsync("/v1/images/collect", null, "")).ExpectProblem(400, "invalid-argument");
        (await Client.GetAsync(path)).ExpectProblem(404, "not-found");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=latin1")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_body_of_another_kind_is_not_read(string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Anybody) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(DoorClient.BootBody())) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.Add(Caller.RequestIdHeader, "req-x");

        (await Client.SendAsync(request)).ExpectProblem(415, "unsupported-media-type");
    }

    [Fact]
    public async Task A_body_that_is_too_big_is_refused_and_the_door_goes_on()
    {
        var big = await Client.PutAsync(Anybody, DoorClient.BootBody($", \"userData\": \"{new string('x', (int)HttpDoor.MaxBody)}\""));

        big.ExpectProblem(413, "too-big");
        (await Client.GetAsync("/v1/health")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Refusals_of_the_domain_keep_their_codes()
    {
        var path = Anybody;
        (await Client.PutAsync(path, """{"name": "w", "image": "busybox", "memoryMb": 16777216, "vcpus": 1}""")).ExpectProblem(409, "no-capacity");
        (await Client.PutAsync(path, DoorClient.BootBody(""", "userData": "privileged: true" """))).ExpectProblem(403, "policy-forbids");
        (await Client.PutAsync(path, DoorClient.BootBody(""", "userData": "memori: 1" """))).ExpectProblem(422, "invalid-user-data");
        var id = await Client.BootedAsync();
        await Client.DoAsync(id, "stop");
        (await Client.PostAsync($"/v1/instances/{id}/actions/pause")).ExpectProblem(409, "wrong-state");
    }
}
