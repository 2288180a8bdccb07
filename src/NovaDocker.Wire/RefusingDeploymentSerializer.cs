using Akka.Actor;

namespace NovaDocker.Wire;

/// <summary>
/// In place of Akka's remote deployment, by which anybody who reaches the port has an actor made here of any class that
/// is in the process. Nothing of ours is deployed that way.
/// </summary>
public sealed class RefusingDeploymentSerializer : RefusingSerializer
{
    /// <summary>The number of Akka's serializer of remote deployments.</summary>
    public const int DeploymentIdentifier = 3;

    /// <summary>Makes one.</summary>
    /// <param name="system">The system that it belongs to.</param>
    public RefusingDeploymentSerializer(ExtendedActorSystem system)
        : base(system, DeploymentIdentifier, "a remote deployment")
    {
    }
}
