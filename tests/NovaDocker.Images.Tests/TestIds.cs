using System.Security.Cryptography;
using NovaDocker.Domain.Images;

namespace NovaDocker.Images.Tests;

/// <summary>Ids that no other test has, nor this one when it is run again: a real Glance gives each once only.</summary>
internal static class TestIds
{
    public static ImageId Next() => new(new Guid(RandomNumberGenerator.GetBytes(16)));
}
