using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Secrets;

/// <summary>Seals what must not lie in the journal in clear, and opens it where a container is made.</summary>
public interface ISecretBox
{
    /// <summary>Seals a value for one use: it opens only under the same instance and name.</summary>
    SealedValue Seal(InstanceId instance, string name, string value);

    /// <summary>Opens a sealed value.</summary>
    /// <exception cref="SecretException">It was sealed with another key, for another use, or was changed.</exception>
    string Open(InstanceId instance, string name, SealedValue value);
}
