namespace NovaDocker.UserData.Options;

/// <summary>Whose word a key is. Both may be mixed in a document.</summary>
public enum Vocabulary
{
    /// <summary>The Engine's create call: <c>CpuShares</c>.</summary>
    Engine,

    /// <summary>docker-py's parameters: <c>cpu_shares</c>.</summary>
    DockerPy,
}
