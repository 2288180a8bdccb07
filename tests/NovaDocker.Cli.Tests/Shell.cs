using System.Text;
using System.Text.Json;
using NovaDocker.Cli.UserData;
using NovaDocker.Wire.Client;

namespace NovaDocker.Cli.Tests;

/// <summary>Runs command lines in this process against a <see cref="FakeClient"/>.</summary>
internal sealed class Shell
{
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    public FakeClient Client { get; } = new();

    public Dictionary<string, string> Variables { get; } = [];

    public bool OutIsTerminal { get; set; }

    public byte[] Input { get; set; } = [];

    public UserDataKit UserData { get; set; } = UserDataKit.OfThisMachine;

    public NovaDockerClientOptions? Options { get; private set; }

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    /// <summary>The objects on standard output, one a line.</summary>
    public IReadOnlyList<JsonElement> Rows =>
        [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>The one object on standard error.</summary>
    public JsonElement ErrorRow => JsonDocument.Parse(Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries))).RootElement;

    public Task<int> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    public Task<int> RunAsync(CancellationToken cancellationToken, params string[] args) => CommandLine.RunAsync(
        args,
        new CliHost
        {
            Out = new StringWriter(_out),
            Error = new StringWriter(_error),
            OpenInput = () => new MemoryStream(Input),
            OutIsTerminal = OutIsTerminal,
            ErrorIsTerminal = false,
            Variable = Variables.GetValueOrDefault,
            UserName = "carol",
            UserData = UserData,
            Connect = options =>
            {
                Options = options;
                return Client;
            },
        },
        cancellationToken);
}
