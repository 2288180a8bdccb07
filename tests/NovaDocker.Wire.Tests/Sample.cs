using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Compute.ComputeProtocol;

namespace NovaDocker.Wire.Tests;

/// <summary>A message with a name under which its golden bytes are kept.</summary>
public sealed record Sample(string Name, IWireMessage Message)
{
    /// <summary>Asserts that a message is this one. Memory compares by place, so a chunk's bytes are compared apart.</summary>
    public void AssertSameAs(object actual)
    {
        if (Message is not ImageChunk expected)
        {
            Assert.Equal(Message, actual);
            return;
        }

        var chunk = Assert.IsType<ImageChunk>(actual);
        Assert.Equal(expected.Bytes.ToArray(), chunk.Bytes.ToArray());
        Assert.Equal(expected with { Bytes = default }, chunk with { Bytes = default });
    }

    public override string ToString() => Name;
}
