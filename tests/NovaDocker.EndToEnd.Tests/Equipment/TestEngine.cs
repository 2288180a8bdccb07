using NovaDocker.Testing;

namespace NovaDocker.EndToEnd.Tests.Equipment;

/// <summary>The real Engine that tests may use, if there is one.</summary>
public static class TestEngine
{
    private const string Variable = "NOVADOCKER_TEST_ENGINE";

    public static bool IsThere => Address is { Length: > 0 } && TestImages.CanMakeShell;

    private static string? Address => Environment.GetEnvironmentVariable(Variable);

    /// <summary>Its address; skips the test where there is none.</summary>
    public static Uri AddressOrSkip()
    {
        Skip.If(string.IsNullOrEmpty(Address), $"needs a Docker Engine: set {Variable} (tests/run.sh starts one)");
        Skip.IfNot(TestImages.CanMakeShell, TestImages.NeedOfShell);
        return new Uri(Address!);
    }
}
