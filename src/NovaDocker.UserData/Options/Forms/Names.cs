using System.Globalization;
using System.Text.RegularExpressions;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Rules for names and single words.</summary>
internal static partial class Names
{
    /// <summary>The longest host name that Linux takes, characters.</summary>
    private const int LongestHostname = 64;

    /// <summary>The longest name that DNS knows, characters.</summary>
    private const int LongestDomain = 253;

    /// <summary>The highest number a processor may have: beyond it the number is a slip.</summary>
    private const int LastProcessor = 8191;

    /// <summary>What only this host, or the Engine, puts on a container.</summary>
    private static readonly string[] ReservedLabels =
        ["org.novadocker.", "com.docker.", "io.docker.", "org.dockerproject."];

    private static readonly string[] TmpfsFlags =
    [
        "ro", "rw", "suid", "nosuid", "dev", "nodev", "exec", "noexec", "sync", "async", "dirsync",
        "atime", "noatime", "diratime", "nodiratime", "relatime", "norelatime", "strictatime", "nostrictatime",
    ];

    /// <summary>A host name by RFC 1123 that Linux takes.</summary>
    public static Verdict Hostname(string text) => Verdict.When(
        text.Length <= LongestHostname && HostnamePattern().IsMatch(text),
        text,
        $"a host name is expected: letters, digits and hyphens, in parts of at most 63 between dots, {LongestHostname} in all");

    /// <summary>A domain by RFC 1123; a lone dot stands for no domain at all.</summary>
    public static Verdict Domain(string text) => Verdict.When(
        text == "." || (text.Length <= LongestDomain && HostnamePattern().IsMatch(text)),
        text,
        "a domain is expected: letters, digits and hyphens, in parts of at most 63 between dots");

    /// <summary>A name that other containers of a network know this one by.</summary>
    public static Verdict Alias(string text) => Verdict.When(
        AliasPattern().IsMatch(text),
        text,
        "a name of at most 63 letters, digits, '_', '.' and '-', with a letter or digit first, is expected");

    /// <summary>User and group, each by name or number.</summary>
    public static Verdict User(string text) => Verdict.When(
        UserPattern().IsMatch(text) && text.Split(':').All(IsNameOrId), text, "name, uid, name:group or uid:gid is expected");

    /// <summary>The name of an environment variable.</summary>
    public static Verdict Variable(string text) => Verdict.When(
        text.Length > 0 && !text.Contains('=', StringComparison.Ordinal) && !text.Any(char.IsControl),
        text,
        "the name of a variable has no '=' and no control character, and is not empty");

    /// <summary>What a process, or a driver, may be given: anything without NUL.</summary>
    public static Verdict Argument(string text) => Verdict.When(
        !text.Contains('\0', StringComparison.Ordinal), text, "a text without NUL characters is expected");

    /// <summary>A line.</summary>
    public static Verdict Line(string text) => Verdict.When(
        !text.Any(char.IsControl), text, "a text without control characters is expected");

    /// <summary>The key of a label that is nobody's own.</summary>
    public static Verdict Label(string text) =>
        text.Length == 0 || text.Any(char.IsControl) || text.Contains('=', StringComparison.Ordinal)
            ? Verdict.Not("the name of a label has no '=' and no control character, and is not empty")
            : Array.Find(ReservedLabels, prefix => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } reserved
                ? Verdict.Not($"labels that begin with '{reserved}' are reserved")
                : Verdict.Of(text);

    /// <summary>The name of an option of a log driver.</summary>
    public static Verdict LogOption(string text) => Verdict.When(
        LogOptionPattern().IsMatch(text), text, "an option such as max-size is expected");

    /// <summary>The name of a log driver, or of a plugin that is one.</summary>
    public static Verdict LogDriver(string text) => Verdict.When(
        LogDriverPattern().IsMatch(text), text, "the name of a log driver such as json-file is expected");

    /// <summary>The name of a kernel parameter.</summary>
    public static Verdict Sysctl(string text) => Verdict.When(
        SysctlPattern().IsMatch(text), text, "the name of a kernel parameter such as net.core.somaxconn is expected");

    /// <summary>Processors: numbers and ranges of them.</summary>
    public static Verdict Cpuset(string text) => Verdict.When(
        CpusetPattern().IsMatch(text) && text.Split(',').All(IsRange),
        text,
        $"processors such as 0-2,5, from 0 to {LastProcessor}, are expected");

    /// <summary>
    /// A network: one of the Engine's modes or the name of a network. <c>default</c> is what nothing means, and so nothing.
    /// </summary>
    public static Verdict NetworkMode(string text)
    {
        const string Expected = "none, bridge, host or the name of a network is expected";
        return text == "default" ? Verdict.Unset
            : text.StartsWith("container:", StringComparison.OrdinalIgnoreCase)
                ? Verdict.Not($"the network of another container is never given; {Expected}")
            : Verdict.When(NetworkPattern().IsMatch(text), text, Expected);
    }

    /// <summary>Mount options of a memory file system.</summary>
    public static Verdict TmpfsOptions(string text)
    {
        var unknown = Array.Find(text.Split(','), option => !IsTmpfsOption(option));
        return unknown is null
            ? Verdict.Of(text)
            : Verdict.Not($"{Wording.Quoted(unknown)} is no mount option of a memory file system; size=64m,mode=1777,noexec is such");
    }

    private static bool IsNameOrId(string part) =>
        !char.IsAsciiDigit(part[0]) || long.Parse(part, CultureInfo.InvariantCulture) <= int.MaxValue;

    private static bool IsTmpfsOption(string option) =>
        TmpfsFlags.Contains(option, StringComparer.Ordinal) || TmpfsPattern().IsMatch(option);

    private static bool IsRange(string range)
    {
        var ends = range.Split('-').Select(int.Parse).ToList();
        return ends[^1] <= LastProcessor && ends[0] <= ends[^1];
    }

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z")]
    private static partial Regex HostnamePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,62}\z")]
    private static partial Regex AliasPattern();

    [GeneratedRegex(@"\A([A-Za-z_][A-Za-z0-9_.-]{0,31}\$?|[0-9]{1,10})(:([A-Za-z_][A-Za-z0-9_.-]{0,31}\$?|[0-9]{1,10}))?\z")]
    private static partial Regex UserPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,127}\z")]
    private static partial Regex LogOptionPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_./:-]{0,254}\z")]
    private static partial Regex LogDriverPattern();

    [GeneratedRegex(@"\A[a-z0-9_]+([./][A-Za-z0-9_-]+)+\z")]
    private static partial Regex SysctlPattern();

    [GeneratedRegex(@"\A[0-9]{1,5}(-[0-9]{1,5})?(,[0-9]{1,5}(-[0-9]{1,5})?)*\z")]
    private static partial Regex CpusetPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,127}\z")]
    private static partial Regex NetworkPattern();

    [GeneratedRegex(@"\A(size=[0-9]+[kmgKMG%]?|nr_(blocks|inodes)=[0-9]+[kmgKMG]?|mode=[0-7]{3,4}|[ug]id=[0-9]{1,10})\z")]
    private static partial Regex TmpfsPattern();
}
