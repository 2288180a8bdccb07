using System.Text.Json.Nodes;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.OpenStack.Tests.Equipment;
using NovaDocker.Testing;

namespace NovaDocker.OpenStack.Tests;

/// <summary>Servers of Heat's stacks, whose user data are options of their containers.</summary>
public sealed class StackTests(ComputeHost host) : CloudTests(host)
{
    private const string Yaml =
        """
        environment:
          FROM_HEAT: indented
        hostname: from-yaml
        """;

    private const string Json = """{"Env": ["FROM_HEAT=bracketed"], "Hostname": "from-json"}""";

    [SkippableTheory]
    [InlineData("yaml", Yaml, "FROM_HEAT=indented", "from-yaml")]
    [InlineData("json", Json, "FROM_HEAT=bracketed", "from-json")]
    public async Task User_data_in_either_form_reach_the_container(string name, string userData, string variable, string hostName)
    {
        await using var stack = await Stack.CreateAsync(Host, name, userData);
        Assert.Equal("CREATE_COMPLETE", stack.Status);

        await stack.Server!.AgreesAsync("ACTIVE");
        Assert.Contains(variable, (await stack.Server.InsideAsync("env")).Expect(0).Out, StringComparison.Ordinal);
        Assert.Equal(hostName, (await stack.Server.InsideAsync("hostname")).Expect(0).Out.Trim());
    }

    [SkippableFact]
    public async Task A_directory_of_the_host_comes_with_the_volumes_of_the_README()
    {
        var directory = Path.Combine("/tmp", $"volume-{Host.Lab.Name}");
        // The README's words, with a directory that nobody else has.
        var userData = ReadmeTexts.HeatVolume.Replace("/tmp/test112233", directory, StringComparison.Ordinal);
        try
        {
            await using var stack = await Stack.CreateAsync(Host, "volumes", userData);
            Assert.Equal("CREATE_COMPLETE", stack.Status);

            await stack.Server!.WriteAsync($"{directory}/note", "from inside");

            Assert.Equal("from inside\n", await File.ReadAllTextAsync(Path.Combine(directory, "note")));
        }
        finally
        {
            if (Directory.Exists(directory))
                Directory.Delete(directory, recursive: true);
        }
    }

    [SkippableFact]
    public async Task The_Engines_socket_comes_with_the_volumes_of_the_README()
    {
        await using var stack = await Stack.CreateAsync(Host, "socket", ReadmeTexts.EngineSocket);
        Assert.Equal("CREATE_COMPLETE", stack.Status);

        (await stack.Server!.InsideAsync("sh", "-c", "test -S /var/run/docker.sock")).Expect(0);
    }

    [SkippableFact]
    public async Task A_stack_with_faulty_user_data_fails_with_what_is_wrong_with_them()
    {
        await using var stack = await Stack.CreateAsync(Host, "faulty", "Privileged: true");

        Assert.Equal("CREATE_FAILED", stack.Status);
        Assert.Contains("privileged", stack.Reason, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A stack of one server; goes at its end, and leaves nothing.</summary>
    private sealed class Stack : IAsyncDisposable
    {
        private readonly ComputeHost _host;
        private readonly string _name;
        private readonly JsonNode _shown;

        private Stack(ComputeHost host, string name, JsonNode shown, Server? server) =>
            (_host, _name, _shown, Server) = (host, name, shown, server);

        public Server? Server { get; }

        public string Status => _shown.Text("stack_status")!;

        public string Reason => _shown.Text("stack_status_reason")!;

        public static async Task<Stack> CreateAsync(ComputeHost host, string name, string userData)
        {
            var stack = $"{name}-{host.Lab.Name}";
            var template = await host.Lab.FileAsync($"{name}.yaml", $$"""
                heat_template_version: 2018-08-31
                resources:
                  server:
                    type: OS::Nova::Server
                    properties:
                      image: {{host.Image}}
                      flavor: {{host.Flavor}}
                      networks: [{network: {{host.Network}}}]
                      user_data_format: RAW
                      user_data: |
                {{string.Join('\n', userData.Split('\n').Select(line => $"        {line}"))}}
                """);
            await host.Demo.DoAsync("stack", "create", "--template", template, stack);
            var shown = await Eventually.BecomesAsync(
                () => host.Demo.AskAsync("stack", "show", stack), now => now.Text("stack_status") != "CREATE_IN_PROGRESS",
                $"stack {stack} is done", TimeSpan.FromMinutes(2));
            var id = (await host.Demo.AskAsync("stack", "resource", "list", stack)).AsArray()
                .Select(resource => resource!.Text("physical_resource_id")).FirstOrDefault(one => one is { Length: > 0 });
            return new Stack(host, stack, shown, id is null ? null : new Server(host, id));
        }

        public async ValueTask DisposeAsync()
        {
            IReadOnlyList<Port> ports = Server is null ? [] : await Server.PortsAsync();
            await _host.Demo.DoAsync("stack", "delete", "--yes", "--wait", _name);
            if (Server is not null)
                await Server.IsGoneAsync(ports);
        }
    }
}
