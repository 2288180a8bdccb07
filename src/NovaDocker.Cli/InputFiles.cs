namespace NovaDocker.Cli;

/// <summary>Files that a command line names.</summary>
internal static class InputFiles
{
    /// <summary>Stands for standard input where a file is expected.</summary>
    public const string StandardInput = "-";

    /// <summary>Opens a file, or standard input.</summary>
    /// <param name="host">Where standard input is.</param>
    /// <param name="option">What names the file, for the words.</param>
    /// <param name="file">The file.</param>
    /// <param name="expected">What would be right.</param>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static Stream OpenOrStandardInput(CliHost host, string option, string file, string expected) =>
        file == StandardInput ? host.OpenInput() : Open(option, file, $"{expected}, or {StandardInput} for standard input");

    /// <summary>Opens a file.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static Stream Open(string option, string file, string expected)
    {
        try
        {
            return new FileStream(file, new FileStreamOptions
            {
                Access = FileAccess.Read,
                BufferSize = 0,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var reason = Directory.Exists(file) ? "it is a directory" : exception.Message.TrimEnd('.');
            throw CliException.Usage($"{option} is '{file}', which cannot be read: {reason}.", $"{expected} is expected.");
        }
    }

    /// <summary>The bytes of a stream, and no more than one beyond the most that it may have.</summary>
    public static async Task<byte[]> ReadAsync(Stream stream, string option, string file, int most, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = new byte[most + 1];
            var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return bytes[..length];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CliException.Usage($"{option} is '{file}', which cannot be read: {exception.Message.TrimEnd('.')}.");
        }
    }
}
