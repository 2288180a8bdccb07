namespace NovaDocker.Domain.Common;

/// <summary>A message that concerns one instance and is routed by its id.</summary>
public interface IWithInstanceId
{
    /// <summary>The instance concerned.</summary>
    InstanceId InstanceId { get; }
}
