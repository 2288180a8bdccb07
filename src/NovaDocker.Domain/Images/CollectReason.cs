namespace NovaDocker.Domain.Images;

/// <summary>By which rule an image is taken away from the Engine. Numbers are on the wire and never change.</summary>
public enum CollectReason
{
    /// <summary>Nobody has used it for long.</summary>
    Age = 1,

    /// <summary>The disk is too full, and of those that nobody uses it was used longest ago.</summary>
    Disk = 2,

    /// <summary>Somebody asked for all that is not used to be taken away.</summary>
    OnDemand = 3,
}
