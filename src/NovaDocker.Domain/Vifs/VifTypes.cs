namespace NovaDocker.Domain.Vifs;

/// <summary>
/// The types of VIF that are known by themselves, by the names of Neutron's port binding (Nova's <c>network_model.VIF_TYPE_*</c>).
/// An operator may add others by configuration.
/// </summary>
public static class VifTypes
{
    /// <summary>A Linux bridge.</summary>
    public const string Bridge = "bridge";

    /// <summary>Open vSwitch; with a Linux bridge in between where <c>details.ovs_hybrid_plug</c> is true.</summary>
    public const string Ovs = "ovs";

    /// <summary>A device that somebody else connects (Calico).</summary>
    public const string Tap = "tap";

    /// <summary>Neutron has bound the port to no host yet.</summary>
    public const string Unbound = "unbound";

    /// <summary>Neutron found no way to bind the port to this host.</summary>
    public const string BindingFailed = "binding_failed";
}
