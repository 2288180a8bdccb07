namespace NovaDocker.Domain.Instances;

/// <summary>What follows when an instance's health check fails. Numbers are on the wire and never change.</summary>
public enum UnhealthyAction
{
    /// <summary>The history shows it, and nothing else.</summary>
    Report = 1,

    /// <summary>The container is stopped and started again, with the pace and the maximum of the restart policy.</summary>
    Restart = 2,
}

/// <summary>What follows when somebody removed an instance's container. Numbers are on the wire and never change.</summary>
public enum LostAction
{
    /// <summary>The instance is in Error; what its file system held is gone, and somebody should know.</summary>
    Report = 1,

    /// <summary>A new container is made of the image, with an empty file system of its own.</summary>
    Recreate = 2,
}

/// <summary>What an instance does by itself to stay up.</summary>
/// <param name="Restart">When its process has ended.</param>
/// <param name="WhenUnhealthy">When its health check fails.</param>
/// <param name="WhenLost">When its container is gone.</param>
public sealed record UpkeepPolicy(RestartPolicy Restart, UnhealthyAction WhenUnhealthy, LostAction WhenLost)
{
    /// <summary>Nothing: everything is reported, and somebody decides.</summary>
    public static readonly UpkeepPolicy None = new(RestartPolicy.No, UnhealthyAction.Report, LostAction.Report);
}
