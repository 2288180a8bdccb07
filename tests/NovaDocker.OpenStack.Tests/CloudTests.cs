using NovaDocker.OpenStack.Tests.Equipment;
using NovaDocker.Testing;

namespace NovaDocker.OpenStack.Tests;

/// <summary>What tests in the cloud have in common: the one compute host, which they use one after another.</summary>
[Collection(Collection)]
public abstract class CloudTests(ComputeHost host)
{
    /// <summary>The name of what they belong to.</summary>
    public const string Collection = "cloud";

    /// <summary>The compute host; skips the test where there is none.</summary>
    protected ComputeHost Host
    {
        get
        {
            Skip.If(host.Bed is null, Bed.Need);
            Skip.IfNot(Environment.IsPrivilegedProcess, "needs root, for ports and for an Engine of its own");
            Skip.IfNot(TestImages.CanMakeShell, TestImages.NeedOfShell);
            return host;
        }
    }
}

/// <summary>Has xunit make the compute host once.</summary>
[CollectionDefinition(CloudTests.Collection)]
public sealed class CloudCollection : ICollectionFixture<ComputeHost>;
