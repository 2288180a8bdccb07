using System.Globalization;
using NovaDocker.UserData.Documents;

namespace NovaDocker.Cli.UserData;

/// <summary>A document of user data in a file.</summary>
internal static class UserDataFile
{
    /// <summary>Its bytes as they are; what stands in them is judged by whoever takes them.</summary>
    /// <exception cref="CliException">It cannot be read, or is too long.</exception>
    public static async Task<byte[]> ReadAsync(CliHost host, string option, string file, CancellationToken cancellationToken)
    {
        var stream = InputFiles.OpenOrStandardInput(host, option, file, "A document of user data");
        await using (stream.ConfigureAwait(false))
        {
            var bytes = await InputFiles.ReadAsync(stream, option, file, UserDataDocument.MaxBytes, cancellationToken).ConfigureAwait(false);
            return bytes.Length <= UserDataDocument.MaxBytes
                ? bytes
                : throw CliException.Usage(string.Create(
                    CultureInfo.InvariantCulture, $"{option} is '{file}', which has more than {UserDataDocument.MaxBytes:N0} bytes; Nova stores no more as user data."));
        }
    }
}
