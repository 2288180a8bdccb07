using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace NovaDocker.Cli;

/// <summary>The options that every verb takes.</summary>
internal sealed class GlobalOptions
{
    public const string NodeVariable = "NOVADOCKER_NODE";
    public const string TlsCertificateVariable = "NOVADOCKER_TLS_CERTIFICATE";
    public const string TlsPasswordFileVariable = "NOVADOCKER_TLS_PASSWORD_FILE";
    public const string RequestVariable = "NOVADOCKER_REQUEST_ID";

    /// <summary>As the <c>openstack</c> command has it; a token on the command line could be read by everybody on the machine.</summary>
    public const string TokenVariable = "OS_TOKEN";

    private const double DefaultTimeoutSeconds = 15;

    public Option<string?> Node { get; } = new("--node")
    {
        Recursive = true,
        HelpName = "HOST:PORT",
        Description = $"The node to command, by the very address its configuration gives it. Else {NodeVariable}, else 127.0.0.1:4053.",
    };

    public Option<string?> TlsCertificate { get; } = new("--tls-certificate")
    {
        Recursive = true,
        HelpName = "FILE",
        Description = $"Connect by mutual TLS, showing this certificate (PKCS#12, with its key). Else {TlsCertificateVariable}, else no TLS.",
    };

    public Option<string?> TlsPasswordFile { get; } = new("--tls-password-file")
    {
        Recursive = true,
        HelpName = "FILE",
        Description = $"The file that holds the certificate's password. Else {TlsPasswordFileVariable}, else it has none.",
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Recursive = true,
        Description = "Write JSON lines for programs, one object per row; errors as an object on standard error.",
    };

    public Option<double> Timeout { get; } = new("--timeout")
    {
        Recursive = true,
        HelpName = "SECONDS",
        Description = "How long the node may take to answer (not: how long an operation may take).",
        DefaultValueFactory = _ => DefaultTimeoutSeconds,
        CustomParser = ParseSeconds,
    };

    public Option<string?> RequestId { get; } = new("--request-id")
    {
        Recursive = true,
        HelpName = "ID",
        Description = $"Names the request; said again it is not carried out again. Else {RequestVariable}, else a new one.",
    };

    public Option<string?> User { get; } = new("--user")
    {
        Recursive = true,
        HelpName = "ID",
        Description = "On whose behalf: what the history shows. Default: the user of the operating system.",
    };

    public Option<string?> Project { get; } = new("--project")
    {
        Recursive = true,
        HelpName = "ID",
        Description =
            "On behalf of which project: what the history shows, and, with Glance, whose images are seen. Default: none, and every "
            + $"image is seen. A Keystone token in {TokenVariable} has Glance say what there is for it.",
    };

    public void AddTo(Command root)
    {
        foreach (Option option in new Option[] { Node, TlsCertificate, TlsPasswordFile, Json, Timeout, RequestId, User, Project })
            root.Add(option);
    }

    private static double ParseSeconds(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 86_400)
            return seconds;
        result.AddError($"--timeout is '{text}'; a number of seconds above 0 and up to 86400 is expected.");
        return default;
    }
}
