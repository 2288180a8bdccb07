using System.Text;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Cli.UserData;

/// <summary>The public key of a key pair in a file, as <c>ssh-keygen</c> writes it.</summary>
internal static class PublicKeyFile
{
    /// <summary>The key on one line, without the end of it.</summary>
    /// <exception cref="CliException">It cannot be read, or is no public key; nothing of what it holds is said.</exception>
    public static async Task<string> ReadAsync(string option, string file, CancellationToken cancellationToken)
    {
        var stream = InputFiles.Open(option, file, "The file of a public key, such as ~/.ssh/id_ed25519.pub,");
        await using (stream.ConfigureAwait(false))
        {
            var bytes = await InputFiles.ReadAsync(stream, option, file, PublicKeys.MaxBytes, cancellationToken).ConfigureAwait(false);
            var key = Encoding.UTF8.GetString(bytes).TrimEnd('\r', '\n');
            return PublicKeys.Problem(key) is { } problem
                ? throw CliException.Usage($"{option} is '{file}', which {problem}")
                : key;
        }
    }
}
