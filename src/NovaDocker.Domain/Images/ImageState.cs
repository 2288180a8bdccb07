namespace NovaDocker.Domain.Images;

/// <summary>
/// How far an image of the store is, in Glance's terms (its <c>status</c>). Numbers are on the wire and never change.
/// </summary>
public enum ImageState
{
    /// <summary>All of its bytes are there, and it may be used.</summary>
    Active = 1,

    /// <summary>Its record is there, its bytes have not been sent.</summary>
    Queued,

    /// <summary>Its bytes are being sent, or whoever sent them has died.</summary>
    Saving,

    /// <summary>It is being imported by the store itself (Glance's <c>uploading</c> and <c>importing</c>).</summary>
    Importing,

    /// <summary>Its bytes did not arrive whole, and never will.</summary>
    Killed,

    /// <summary>An administrator has forbidden its use for now.</summary>
    Deactivated,

    /// <summary>It is deleted, or is about to be (Glance's <c>pending_delete</c>).</summary>
    Deleted,
}
