using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing.OpenStack;
using NovaDocker.Testing.Processes;

namespace NovaDocker.EndToEnd.Tests.OpenStack;

/// <summary>
/// A compute host that takes its images from a real Glance, by a proxy, with the credentials of the service user
/// <c>nova</c>. At its end nothing of it may be left in Glance but active images, which it removes.
/// </summary>
public sealed class CloudLab : IAsyncDisposable
{
    private const string Client = "/usr/bin/openstack";

    private readonly ReservedPort _port = new();
    private readonly Lab _lab;

    /// <summary>The records that tests made for themselves.</summary>
    private readonly HashSet<string> _records = [];

    private CloudLab(TestCloud cloud, Lab lab)
    {
        Cloud = cloud;
        _lab = lab;
        Glance = new RequestProxy(
            new IPEndPoint(IPAddress.Loopback, Port), new IPEndPoint(IPAddress.Loopback, cloud.GlanceUrl.Port));
    }

    /// <summary>The cloud.</summary>
    public TestCloud Cloud { get; }

    /// <summary>The host.</summary>
    public Lab Host => _lab;

    /// <summary>What stands before Glance.</summary>
    public RequestProxy Glance { get; }

    /// <summary>A member of the project <c>alpha</c>.</summary>
    public CloudUser Alice => Cloud.User("alice");

    /// <summary>A member of the project <c>beta</c>.</summary>
    public CloudUser Bob => Cloud.User("bob");

    private int Port => _port.Number;

    /// <summary>A lab whose node runs; skips the test where there is no cloud or no Engine.</summary>
    /// <param name="change">Lines for its configuration beside those that every such lab has.</param>
    public static async Task<CloudLab> StartAsync(string change = "")
    {
        var engine = TestEngine.AddressOrSkip();
        var cloud = TestCloud.Find();
        Skip.If(cloud is null, TestCloud.Need);
        var lab = new CloudLab(cloud!, Lab.On(engine));
        try
        {
            lab.Glance.Open();
            lab.Host.Proxy.Open();
            await lab.ConfigureAsync(change);
            await lab.Host.StartNodeAsync();
            await lab.Host.EngineAnswersAsync();
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>A name for an image that no other lab gives.</summary>
    public string NameOf(string image) => $"{image}-{_lab.Name}";

    /// <summary>Runs the real <c>openstack</c> command as a user; what it prints, as JSON.</summary>
    public async Task<JsonNode> OpenStackAsync(CloudUser user, params string[] arguments)
    {
        await using var run = ProgramRun.Start(Client, [.. arguments, "-f", "json"], Cloud.EnvironmentOf(user));
        return JsonNode.Parse((await run.EndAsync()).Expect(0).Out)!;
    }

    /// <summary>Creates an image as the README says, with the <c>openstack</c> command, and returns its id.</summary>
    public async Task<string> CreateImageAsync(CloudUser user, string name, params string[] options)
    {
        var file = await ArchiveAsync(name);
        var image = await OpenStackAsync(
            user,
            ["image", "create", "--container-format", "docker", "--disk-format", "raw", "--file", file, .. options, NameOf(name)]);
        return Keep(image.Text("id")!);
    }

    /// <summary>A <c>docker save</c> archive of an image with a shell, in a file.</summary>
    public async Task<string> ArchiveAsync(string name)
    {
        var file = await _lab.FileAsync($"{name}.tar", "");
        await File.WriteAllBytesAsync(file, _lab.Shell(["sleep", "3600"]).ToBytes());
        return file;
    }

    /// <summary>Notes that the Engine may keep an image.</summary>
    public string Keep(string imageId)
    {
        _lab.KnownImages.Add(imageId);
        return imageId;
    }

    /// <summary>Creates a record without bytes, as Nova does for its snapshots, and returns its id.</summary>
    public async Task<string> CreateRecordAsync(CloudUser user, JsonObject record)
    {
        record["name"] = NameOf(record["name"]!.GetValue<string>());
        using var body = Json(record.ToJsonString());
        var id = (await Cloud.GlanceAsync(user, HttpMethod.Post, "images", body))!.Text("id")!;
        _records.Add(id);
        return id;
    }

    /// <summary>What Glance says of an image; null where it has none.</summary>
    public Task<JsonNode?> ImageAsync(string id) => Cloud.GlanceAsync(Cloud.User("nova"), HttpMethod.Get, $"images/{id}");

    /// <summary>The images of this lab that Glance has, in whatever state.</summary>
    public async Task<IReadOnlyList<JsonNode>> ImagesAsync()
    {
        var all = new List<JsonNode>();
        for (var page = "images?limit=200"; page is not null;)
        {
            var answer = (await Cloud.GlanceAsync(Cloud.User("nova"), HttpMethod.Get, page))!;
            all.AddRange(answer["images"]!.AsArray().Select(image => image!.DeepClone()));
            page = answer["next"]?.GetValue<string>()["/v2/".Length..];
        }

        return [.. all.Where(image => image.Text("name")?.EndsWith(_lab.Name, StringComparison.Ordinal) == true)];
    }

    /// <summary>Runs the command on behalf of a user's project.</summary>
    public Task<CommandResult> RunAsync(CloudUser user, params string[] arguments) =>
        _lab.RunAsync(["--project", user.ProjectId, .. arguments]);

    /// <summary>Boots an instance of an image on behalf of a user's project, and expects it to be active.</summary>
    public async Task<string> BootAsync(CloudUser user, string image, params string[] arguments)
    {
        var done = await RunAsync(
            user, ["boot", "--name", "cloudy", "--image", image, "--memory-mb", "32", "--json", .. arguments]);
        return done.Expect(0).Row.Text("id")!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        await Glance.DisposeAsync();
        _port.Dispose();
        var left = await ImagesAsync();
        foreach (var image in left)
            await Cloud.GlanceAsync(Cloud.User("nova"), HttpMethod.Delete, $"images/{image.Text("id")}");
        Assert.DoesNotContain(left, image => image.Text("status") is not ("active" or "deactivated") && !_records.Contains(image.Text("id")!));
    }

    private static StringContent Json(string text)
    {
        var content = new StringContent(text, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private async Task ConfigureAsync(string change)
    {
        var user = Cloud.User("nova");
        var password = await _lab.FileAsync("password", user.Password);
        _lab.NodeConfiguration = await _lab.FileAsync("cloud.conf", $$"""
            novadocker {
              images.store = glance
              instances.retry { initial-backoff = 100ms, max-backoff = 1s }
              openstack {
                auth-url = "{{Cloud.AuthUrl}}"
                user-name = {{user.Name}}
                project-name = {{user.Project}}
                password-file = "{{password}}"
                region = {{Cloud.Region}}
                image-endpoints = ["http://127.0.0.1:{{Port}}"]
              }
              {{change}}
            }
            """);
    }
}
