using System.CommandLine;
using NovaDocker.Cli.Output;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Wire;
using NovaDocker.Wire.Client;

namespace NovaDocker.Cli.Commands;

/// <summary>One run of one verb: the way to the node, on whose behalf, and where results go.</summary>
internal sealed class Session : IAsyncDisposable
{
    private const string Service = "novadocker";
    private const int MaxRequestIdLength = 128;

    /// <summary>Shorter than a UUID by less than this, and of nothing but hexadecimal digits, a text is a slip and no name.</summary>
    private const int AlmostUuid = 30;

    private readonly CommandContext _context;
    private readonly ParseResult _parse;
    private INovaDockerClient? _client;

    public Session(CommandContext context, ParseResult parse)
    {
        _context = context;
        _parse = parse;
        Output = Outputs.Create(context.Host, parse.GetValue(context.Options.Json));
    }

    public IOutput Output { get; }

    /// <summary>The client of the node; connected at its first use.</summary>
    public INovaDockerClient Client => _client ??= _context.Host.Connect(new NovaDockerClientOptions
    {
        Contacts = Contacts(),
        Tls = Tls(),
        Timeout = TimeSpan.FromSeconds(_parse.GetValue(_context.Options.Timeout)),
    });

    /// <summary>A Keystone token that images are asked for with; null where there is none.</summary>
    public RequestToken? Token => _context.Host.Variable(GlobalOptions.TokenVariable) is { Length: > 0 } token
        ? new RequestToken(token)
        : null;

    /// <summary>On whose behalf the image store is asked.</summary>
    public ImageCaller Caller => new(_parse.GetValue(_context.Options.Project) ?? "", Token);

    /// <summary>Who asks, by which request.</summary>
    public RequestContext NewRequest()
    {
        var (source, id) = Given(_context.Options.RequestId, GlobalOptions.RequestVariable);
        id ??= CommanderIds.NewRequestId();
        if (id.Length is 0 or > MaxRequestIdLength || id.Any(char.IsControl))
            throw CliException.Usage($"{source} has {id.Length} characters; 1 to {MaxRequestIdLength} printable ones are expected.");
        var initiator = new Initiator(
            _parse.GetValue(_context.Options.User) ?? _context.Host.UserName,
            _parse.GetValue(_context.Options.Project) ?? "",
            Service);
        return new RequestContext(id, initiator);
    }

    /// <summary>The instance that a person means: by UUID, by the name that one living instance has, or that one deleted had.</summary>
    public async Task<InstanceId> ResolveAsync(string text, CancellationToken cancellationToken)
    {
        if (InstanceId.TryParse(text, out var id))
            return id;
        if (text.Length >= AlmostUuid && text.All(c => char.IsAsciiHexDigit(c) || c == '-'))
            throw CliException.Usage($"ID is '{text}'; a UUID has 32 hexadecimal digits.", "novadocker list shows the ids.");

        foreach (var deletedToo in (bool[])[false, true])
        {
            var matches = new List<InstanceId>();
            await foreach (var view in Client.ListInstancesAsync(deletedToo, cancellationToken).ConfigureAwait(false))
            {
                if (view.Name == text)
                    matches.Add(view.Id);
            }

            if (matches is [var match])
                return match;
            if (matches.Count > 1)
                throw CliException.Usage($"{matches.Count} instances are called '{text}'.", $"Name one by its id: {string.Join(", ", matches)}.");
        }

        throw CliException.NotFound($"No instance has the id or name '{text}'.", "novadocker list --all shows every instance.");
    }

    /// <summary>The names that the hosts go by, for people; the id stands for a host that is not known.</summary>
    public async Task<Func<HostId, string>> HostNamesAsync(CancellationToken cancellationToken)
    {
        if (!Output.ShowsHostNames)
            return host => host.Value;
        var hosts = await Client.ListHostsAsync(cancellationToken).ConfigureAwait(false);
        var names = hosts.ToDictionary(host => host.Id, NameOf);
        return host => names.GetValueOrDefault(host, host.Value);
    }

    /// <summary>What waits for an Engine that is away does so silently; so the Engine's state goes with the host's name.</summary>
    private static string NameOf(HostView host) => host.EngineState == EngineState.Healthy
        ? host.Name
        : $"{host.Name} [Engine {EventDescription.Kebab(host.EngineState)}]";

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await _client.DisposeAsync().ConfigureAwait(false);
    }

    private RemotingTls? Tls()
    {
        var (source, certificate) = Given(_context.Options.TlsCertificate, GlobalOptions.TlsCertificateVariable);
        var (passwordSource, password) = Given(_context.Options.TlsPasswordFile, GlobalOptions.TlsPasswordFileVariable);
        foreach (var (option, file) in new[] { (source, certificate), (passwordSource, password) })
        {
            if (file is not null && !File.Exists(file))
                throw CliException.Usage($"{option} is '{file}', which does not exist.");
        }

        return certificate is null ? null : new RemotingTls(certificate, password);
    }

    private IReadOnlyList<NodeAddress> Contacts()
    {
        var (source, text) = Given(_context.Options.Node, GlobalOptions.NodeVariable);
        if (text is null)
            return [NodeAddress.Local];
        if (!NodeAddress.TryParse(text, out var address))
            throw CliException.Usage($"{source} is '{text}'; HOST or HOST:PORT is expected, such as 127.0.0.1:4053.");

        // A node that listens on this machine alone calls itself by the number as a rule.
        return address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            ? [address, address with { Host = NodeAddress.Local.Host }]
            : [address];
    }

    private (string Source, string? Value) Given(Option<string?> option, string variable) =>
        _parse.GetValue(option) is { } value
            ? (option.Name, value)
            : (variable, _context.Host.Variable(variable) is { Length: > 0 } set ? set : null);
}
