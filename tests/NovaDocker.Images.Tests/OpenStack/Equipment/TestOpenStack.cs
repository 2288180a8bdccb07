using System.Text.Json;
using NovaDocker.Actors.Images;
using NovaDocker.Adapters.OpenStack.Glance;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Images.Tests.OpenStack;

/// <summary>A real Keystone and a real Glance, as <c>tests/openstack.sh</c> describes those that it runs.</summary>
internal sealed class TestOpenStack : IDisposable
{
    public const string Variable = "NOVADOCKER_TEST_OPENSTACK";

    /// <summary>Set where nobody else uses that Glance, which may be killed then.</summary>
    private const string IsOwnVariable = "NOVADOCKER_TEST_OPENSTACK_IS_OWN";

    /// <summary>Long enough for any machine: what a test waits for does not come where this passes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly JsonElement _description;
    private readonly TemporaryDirectory _secrets = new();

    private TestOpenStack(JsonElement description) => _description = description;

    public Uri Keystone => Url(_description, "authUrl");

    public Uri Glance => Url(_description, "glanceUrl");

    public string Script => Text(_description, "script");

    public string Directory => Text(_description, "directory");

    /// <summary>The one that the environment names; the test is left out where there is none.</summary>
    public static TestOpenStack OpenOrSkip()
    {
        var path = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(path), $"needs a Keystone and a Glance: set {Variable} (tests/run.sh starts them)");
        using var description = JsonDocument.Parse(File.ReadAllText(path!));
        return new TestOpenStack(description.RootElement.Clone());
    }

    /// <summary>The same, where its Glance may be killed.</summary>
    public static TestOpenStack OpenOwnOrSkip()
    {
        Skip.If(
            string.IsNullOrEmpty(Environment.GetEnvironmentVariable(IsOwnVariable)),
            $"kills Glance: set {IsOwnVariable} where nobody else uses that of {Variable}");
        return OpenOrSkip();
    }

    public string ProjectId(string project) => Text(_description.GetProperty("projects"), project);

    /// <summary>A caller in a project who brings no token.</summary>
    public ImageCaller Caller(string project) => new(ProjectId(project), null);

    /// <summary>A caller who brings a token that Keystone gives now.</summary>
    public async Task<ImageCaller> CallerWithTokenAsync(string user)
    {
        var (project, _) = Login(user);
        return new ImageCaller(ProjectId(project), new RequestToken(await GlanceByHand.TokenAsync(this, user)));
    }

    /// <summary>A user's project and password.</summary>
    public (string Project, string Password) Login(string user)
    {
        var found = _description.GetProperty("users").EnumerateArray().Single(entry => Text(entry, "name") == user);
        return (Text(found, "project"), Text(found, "password"));
    }

    /// <summary>How nova logs in with its password.</summary>
    public OpenStackCredentials Password => new OpenStackCredentials.Password(
        "nova", "Default", Login("nova").Project, "Default", Secret("password", Login("nova").Password));

    /// <summary>How nova logs in with its application credential.</summary>
    public OpenStackCredentials ApplicationCredential => new OpenStackCredentials.ApplicationCredential(
        Text(_description.GetProperty("applicationCredential"), "id"),
        Secret("application", Text(_description.GetProperty("applicationCredential"), "secret")));

    /// <summary>Settings without TLS.</summary>
    public OpenStackSettings Plain(OpenStackCredentials credentials) => new()
    {
        AuthUrl = Keystone,
        Credentials = credentials,
        Region = Text(_description, "region"),
    };

    /// <summary>Settings with TLS; the test is left out where there is none.</summary>
    public OpenStackSettings Tls(OpenStackCredentials credentials)
    {
        var has = _description.TryGetProperty("tls", out var tls) && tls.ValueKind == JsonValueKind.Object;
        Skip.IfNot(has, "needs TLS: start the OpenStack of the tests with --tls");
        return new OpenStackSettings
        {
            AuthUrl = Url(tls, "authUrl"),
            Credentials = credentials,
            Region = Text(tls, "region"),
            CaFile = Text(tls, "caFile"),
        };
    }

    /// <summary>A store of Glance's by way of a proxy.</summary>
    public GlanceImageStore Store(GlanceProxy proxy, TimeSpan? inactivity = null) => new(
        Plain(Password) with { ImageEndpoints = [proxy.Address] }, inactivity ?? Patience, TimeProvider.System);

    /// <summary>A store of Glance's.</summary>
    public GlanceImageStore Store() => new(Plain(Password), Patience, TimeProvider.System);

    public void Dispose() => _secrets.Dispose();

    private string Secret(string name, string value)
    {
        var path = _secrets.Combine(name);
        File.WriteAllText(path, value + "\n");
        return path;
    }

    private static Uri Url(JsonElement json, string name) => new(Text(json, name));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
