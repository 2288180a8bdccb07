using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Hosts.HostProtocol;

namespace NovaDocker.Wire.Tests;

/// <summary>A message with a name under which its golden bytes are kept.</summary>
public sealed record Sample(string Name, IWireMessage Message)
{
    /// <summary>Asserts that a message is this one. Memory compares by place, so bytes of that form are compared apart.</summary>
    public void AssertSameAs(object actual)
    {
        Assert.Equal(BytesOf(Message).ToArray(), BytesOf(actual).ToArray());
        Assert.Equal(WithoutBytes(Message), WithoutBytes(actual));
    }

    private static ReadOnlyMemory<byte> BytesOf(object message) => message switch
    {
        ImageChunk chunk => chunk.Bytes,
        BootInstance boot => boot.UserData,
        AdmitBoot { Boot: var boot } => boot.UserData,
        RebuildInstance { Boot: var boot } => boot.UserData,
        _ => default,
    };

    private static object WithoutBytes(object message) => message switch
    {
        ImageChunk chunk => chunk with { Bytes = default },
        BootInstance boot => boot with { UserData = default },
        RebuildInstance rebuild => new RebuildInstance(rebuild.Boot with { UserData = default }),
        AdmitBoot admit => admit with { Boot = admit.Boot with { UserData = default } },
        _ => message,
    };

    public override string ToString() => Name;
}
