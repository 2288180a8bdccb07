using System.Text;
using System.Text.Json.Nodes;

namespace NovaDocker.Testing.OpenStack;

/// <summary>
/// A real Keystone and a real Glance for tests, as <c>tests/openstack.sh</c> describes them in a file that
/// NOVADOCKER_TEST_OPENSTACK names.
/// </summary>
public sealed class TestCloud
{
    /// <summary>What a test that needs it says where there is none.</summary>
    public const string Need =
        $"needs a Keystone and a Glance: set {Variable} to the openstack.json of tests/openstack.sh (tests/run.sh starts them)";

    /// <summary>What a test that kills its Glance says where others may use it.</summary>
    public const string NeedOfOwn = $"kills Glance: set {IsOwnVariable} where nobody else uses that of {Variable}";

    private const string Variable = "NOVADOCKER_TEST_OPENSTACK";
    private const string IsOwnVariable = "NOVADOCKER_TEST_OPENSTACK_IS_OWN";

    private static readonly HttpClient Http = new();

    private readonly JsonNode _description;

    private TestCloud(JsonNode description) => _description = description;

    /// <summary>The cloud; null where there is none.</summary>
    public static TestCloud? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file
        ? Read(file)
        : null;

    /// <summary>True where nobody else uses its Glance, which may be killed then.</summary>
    public static bool IsOwn => Environment.GetEnvironmentVariable(IsOwnVariable) is { Length: > 0 };

    /// <summary>The cloud that a file describes.</summary>
    public static TestCloud Read(string file) => new(JsonNode.Parse(File.ReadAllText(file))!);

    /// <summary>Keystone's address.</summary>
    public Uri AuthUrl => new(Text("authUrl"));

    /// <summary>Glance's address.</summary>
    public Uri GlanceUrl => new(Text("glanceUrl"));

    /// <summary>The region that has both.</summary>
    public string Region => Text("region");

    /// <summary>A region that has no Glance.</summary>
    public string RegionWithoutImage => Text("regionWithoutImage");

    /// <summary>The directory that it lives in, by which its script knows it.</summary>
    public string Directory => Text("directory");

    /// <summary>True where it speaks TLS as well.</summary>
    public bool HasTls => _description["tls"] is JsonObject;

    /// <summary>The region whose endpoints speak TLS, and Keystone there.</summary>
    public (string Region, Uri AuthUrl, string CaFile) Tls => (
        _description["tls"]!["region"]!.GetValue<string>(),
        new Uri(_description["tls"]!["authUrl"]!.GetValue<string>()),
        _description["tls"]!["caFile"]!.GetValue<string>());

    /// <summary>A user: <c>admin</c>, <c>nova</c>, <c>alice</c> or <c>bob</c>.</summary>
    public CloudUser User(string name)
    {
        var user = _description["users"]!.AsArray().Single(candidate => candidate!["name"]!.GetValue<string>() == name)!;
        return new CloudUser(
            name, user["password"]!.GetValue<string>(), user["project"]!.GetValue<string>(),
            user["projectId"]!.GetValue<string>());
    }

    /// <summary>The variables by which the <c>openstack</c> command is a user.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentOf(CloudUser user) => new Dictionary<string, string>
    {
        ["OS_AUTH_URL"] = AuthUrl.ToString(),
        ["OS_IDENTITY_API_VERSION"] = "3",
        ["OS_USERNAME"] = user.Name,
        ["OS_PASSWORD"] = user.Password,
        ["OS_PROJECT_NAME"] = user.Project,
        ["OS_USER_DOMAIN_NAME"] = "Default",
        ["OS_PROJECT_DOMAIN_NAME"] = "Default",
        ["OS_REGION_NAME"] = Region,
        ["no_proxy"] = "127.0.0.1",
    };

    /// <summary>A token of a user.</summary>
    public async Task<string> TokenAsync(CloudUser user)
    {
        JsonObject domain() => new() { ["name"] = "Default" };
        var question = new JsonObject
        {
            ["auth"] = new JsonObject
            {
                ["identity"] = new JsonObject
                {
                    ["methods"] = new JsonArray("password"),
                    ["password"] = new JsonObject
                    {
                        ["user"] = new JsonObject
                        {
                            ["name"] = user.Name, ["domain"] = domain(), ["password"] = user.Password,
                        },
                    },
                },
                ["scope"] = new JsonObject
                {
                    ["project"] = new JsonObject { ["name"] = user.Project, ["domain"] = domain() },
                },
            },
        };
        // With a length: the server before Keystone takes no chunks.
        using var body = new StringContent(question.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync($"{AuthUrl}/auth/tokens", body).ConfigureAwait(false);
        return response.EnsureSuccessStatusCode().Headers.GetValues("X-Subject-Token").Single();
    }

    /// <summary>Asks Glance as a user; null where it answers 404.</summary>
    /// <param name="user">The user.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below <c>/v2/</c>.</param>
    /// <param name="body">What is sent; null for nothing.</param>
    public async Task<JsonNode?> GlanceAsync(CloudUser user, HttpMethod method, string path, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(GlanceUrl, $"/v2/{path}")) { Content = body };
        request.Headers.Add("X-Auth-Token", await TokenAsync(user).ConfigureAwait(false));
        using var response = await Http.SendAsync(request).ConfigureAwait(false);
        if (response.StatusCode == System.Net.HttpStatusCode.NotFound)
            return null;
        var text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? text.Length > 0 ? JsonNode.Parse(text) : new JsonObject()
            : throw new HttpRequestException($"{method} {path}: {(int)response.StatusCode} {text}");
    }

    private string Text(string key) => _description[key]!.GetValue<string>();
}

/// <summary>A user of the cloud.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Password">The password.</param>
/// <param name="Project">The name of the user's project.</param>
/// <param name="ProjectId">Its id.</param>
public sealed record CloudUser(string Name, string Password, string Project, string ProjectId);
