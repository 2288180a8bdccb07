using System.CommandLine;
using NovaDocker.Cli.UserData;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;

namespace NovaDocker.Cli.Commands;

/// <summary>The options of <c>novadocker boot</c> that Nova knows by the same names: user data, metadata, key pair.</summary>
internal sealed class UserDataOptions
{
    private readonly Option<string?> _file = new("--user-data")
    {
        HelpName = "FILE",
        Description = "Container options in YAML or JSON, or a script for the guest; - reads standard input.",
    };

    private readonly Option<EquatableMap<string>?> _metadata = new("--meta")
    {
        HelpName = "KEY=VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        Description = "Metadata of the instance, which becomes an environment variable; may be given many times.",
        CustomParser = Values.Pairs("--meta"),
    };

    private readonly Option<string?> _key = new("--key-file")
    {
        HelpName = "FILE",
        Description = "A public key, to be at /root/.ssh/authorized_keys inside where the node injects keys.",
    };

    /// <summary>What is said of them below the verb's help.</summary>
    public const string Details =
        """
        --user-data takes what Nova takes: up to 65,535 bytes, plain or base64. Container options are settled by the host under
        the operator's policy; with anything wrong in them nothing is made, and every fault is told with its place (exit code
        3). A guest's script, such as #cloud-config or #!, is left to the metadata service. Lowest first: the image, the
        flavor (--memory-mb, --vcpus), the image's properties, --meta, --user-data, and the options of this line. novadocker
        show tells of each option where it came from; novadocker user-data check FILE judges a document without booting.
        """;

    public void AddTo(Command boot)
    {
        foreach (Option option in new Option[] { _file, _metadata, _key })
            boot.Add(option);
    }

    /// <summary>The boot with what the line says of these.</summary>
    /// <exception cref="CliException">A file cannot be read, is too long, or is no public key.</exception>
    public async Task<ComputeProtocol.BootInstance> AddToAsync(
        ComputeProtocol.BootInstance boot, CliHost host, ParseResult parse, CancellationToken cancellationToken)
    {
        var publicKey = parse.GetValue(_key) is { } keyFile
            ? await PublicKeyFile.ReadAsync(_key.Name, keyFile, cancellationToken).ConfigureAwait(false)
            : null;
        ReadOnlyMemory<byte> userData = parse.GetValue(_file) is { } file
            ? await UserDataFile.ReadAsync(host, _file.Name, file, cancellationToken).ConfigureAwait(false)
            : default;
        return boot with
        {
            UserData = userData,
            Metadata = parse.GetValue(_metadata) ?? EquatableMap<string>.Empty,
            PublicKey = publicKey,
        };
    }
}
