using System.Net;
using System.Text.Json.Nodes;
using NovaDocker.Testing.OpenStack;
using NovaDocker.Testing.Processes;

namespace NovaDocker.OpenStack.Tests.Equipment;

/// <summary>
/// The OpenStack that <c>tests/cloud.sh</c> runs, as the <c>cloud.json</c> that NOVADOCKER_TEST_CLOUD names describes it.
/// </summary>
public sealed class Bed
{
    /// <summary>What a test that needs it says where there is none.</summary>
    public const string Need =
        $"needs an OpenStack: set {Variable} to the cloud.json of tests/cloud.sh (tests/run.sh --openstack starts one)";

    private const string Variable = "NOVADOCKER_TEST_CLOUD";

    private static readonly HttpClient Http = new();

    private readonly JsonNode _description;

    private Bed(string file)
    {
        _description = JsonNode.Parse(File.ReadAllText(file))!;
        Cloud = TestCloud.Read(file);
    }

    /// <summary>The bed; null where there is none.</summary>
    public static Bed? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file ? new Bed(file) : null;

    /// <summary>Its Keystone, Glance and users.</summary>
    public TestCloud Cloud { get; }

    /// <summary>Where nova-compute's driver looks for the node.</summary>
    public string NodeSocket => _description["nodeSocket"]!.GetValue<string>();

    /// <summary>The name of the network that leads out.</summary>
    public string ExternalNetwork => _description["externalNetwork"]!.GetValue<string>();

    /// <summary>Has <c>tests/cloud.sh</c> do something with this bed, such as <c>kill-compute</c>.</summary>
    public Task<string> DoAsync(string verb, params string[] arguments) =>
        Script.RunAsync("tests/cloud.sh", [verb, "--dir", Cloud.Directory, .. arguments]);

    /// <summary>Asks a service's API as the user admin; null where it answers 404.</summary>
    /// <param name="service">Such as <c>placement</c>.</param>
    /// <param name="path">Such as <c>/resource_providers</c>.</param>
    public async Task<JsonNode?> GetAsync(string service, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _description["urls"]![service]!.GetValue<string>() + path);
        request.Headers.Add("X-Auth-Token", await Cloud.TokenAsync(Cloud.User("admin")));
        using var response = await Http.SendAsync(request);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)
            : throw new HttpRequestException($"{service} {path}: {(int)response.StatusCode} {text}");
    }
}
