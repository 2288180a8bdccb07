using System.Text.RegularExpressions;
using NovaDocker.Domain.Common;
using NovaDocker.UserData.Policy;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Rules for what a process may do.</summary>
internal static partial class Security
{
    private const string Prefix = "CAP_";

    private static readonly string[] Capabilities = [CapabilityRules.All, .. CapabilityRules.Known];

    private static readonly string[] Signals =
    [
        "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL", "PROF", "PWR",
        "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1", "USR2", "VTALRM", "WINCH",
        "XCPU", "XFSZ",
    ];

    private static readonly string[] ProfileOptions = ["label", "apparmor", "seccomp"];

    /// <summary>A capability, in any case and with or without <c>CAP_</c>.</summary>
    public static Verdict Capability(string text)
    {
        var capitals = text.ToUpperInvariant();
        var name = capitals.StartsWith(Prefix, StringComparison.Ordinal) ? capitals[Prefix.Length..] : capitals;
        if (Capabilities.Contains(name, StringComparer.Ordinal))
            return Verdict.Of(name);
        return Verdict.Not(Near(name, Capabilities) is { } near
            ? $"a capability of Linux is expected; did you mean {near}?"
            : "a capability of Linux such as NET_ADMIN, or ALL, is expected");
    }

    /// <summary>A signal by name, with or without <c>SIG</c>, or by number; zero is not set.</summary>
    public static Verdict Signal(string text)
    {
        if (Numbers.IsWhole(text, out var number))
            return number == 0 ? Verdict.Unset : Verdict.When(number is >= 1 and <= 64, text, "a signal from 1 to 64 is expected");
        var capitals = text.ToUpperInvariant();
        var name = capitals.StartsWith("SIG", StringComparison.Ordinal) ? capitals[3..] : capitals;
        return Verdict.When(
            Signals.Contains(name, StringComparer.Ordinal) || RealTimePattern().IsMatch(name),
            $"SIG{name}",
            "a signal such as SIGTERM, or its number, is expected");
    }

    /// <summary>A security option. The colon that Engines took at first stands for <c>=</c>.</summary>
    public static Verdict Option(string text)
    {
        var at = text.AsSpan().IndexOfAny('=', ':');
        var (name, value) = at < 0 ? (text, string.Empty) : (text[..at], text[(at + 1)..]);
        if (name == "no-new-privileges")
        {
            return value is "" or "true" ? Verdict.Of(name)
                : value == "false" ? Verdict.Unset
                : Verdict.Not("no-new-privileges takes true or false");
        }

        if (!ProfileOptions.Contains(name, StringComparer.Ordinal))
            return Verdict.Not("no-new-privileges, label=…, apparmor=… or seccomp=… is expected");
        if (value.Length == 0 || (name != "seccomp" && value.Any(char.IsControl)))
            return Verdict.Not($"{name}= has to be followed by what it is to be");
        return Verdict.When(
            name != "seccomp" || value is "unconfined" or "builtin" || value.TrimStart().StartsWith('{'),
            $"{name}={value}",
            "seccomp takes unconfined, builtin or a profile in JSON, no path");
    }

    private static string? Near(string name, IEnumerable<string> known) => name.Length <= 40 ? Spelling.Nearest(name, known) : null;

    [GeneratedRegex(@"\ARTM(IN(\+([1-9]|1[0-5]))?|AX(-([1-9]|1[0-4]))?)\z")]
    private static partial Regex RealTimePattern();
}
