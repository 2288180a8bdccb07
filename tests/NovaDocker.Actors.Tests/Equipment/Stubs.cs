using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Secrets;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Tests.Equipment;

/// <summary>Opens one Engine, however often it is asked.</summary>
internal sealed class OneEngine(IContainerEngine engine) : IContainerEngineFactory
{
    public IContainerEngine Open(EngineSettings settings) => engine;
}

/// <summary>Seals by turning the text round, which is enough to tell sealed from clear.</summary>
internal sealed class NoSecrets : ISecretBox
{
    public const string KeyId = "round";

    public SealedValue Seal(InstanceId instance, string name, string value) => new(KeyId, Turn(value));

    public string Open(InstanceId instance, string name, SealedValue value) => value.KeyId == KeyId
        ? Turn(value.Ciphertext)
        : throw new SecretException($"The value of {name} was sealed with key {value.KeyId}.");

    private static string Turn(string text) => string.Concat(text.Reverse());
}
