namespace NovaDocker.UserData.Options;

/// <summary>Where in a document a key may stand.</summary>
[Flags]
public enum KeyPlaces
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>At the top.</summary>
    Root = 1,

    /// <summary>In the mapping below <c>HostConfig</c> or <c>host_config</c>.</summary>
    HostConfig = 2,

    /// <summary>In both: the Engine moved it, or docker-py takes it in both calls.</summary>
    Anywhere = Root | HostConfig,
}
