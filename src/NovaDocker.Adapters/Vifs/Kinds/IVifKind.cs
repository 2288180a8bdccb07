using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Devices;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs.Kinds;

/// <summary>
/// What one type of VIF does beside the pair of devices that every instance's interface is: what has to be there before it, and who
/// has to be told of it. All of it is idempotent.
/// </summary>
internal interface IVifKind
{
    /// <summary>Why ports of this type cannot be plugged here, with what would be right; null where they can.</summary>
    string? ProblemWith(Vif vif);

    /// <summary>The bridge that a port's devices name as theirs; empty for none.</summary>
    string BridgeOf(Vif vif);

    /// <summary>The Linux bridge that the outer end of the pair is put into; null where it is left to others.</summary>
    string? MasterOf(Vif vif);

    /// <summary>True where whoever connects the port cannot be asked whether he did: the pair's mark tells instead.</summary>
    bool IsConnectedBlindly => false;

    /// <summary>Makes what the network of a port needs.</summary>
    Task PrepareAsync(Vif vif, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes that away where nobody needs it any longer.</summary>
    Task ReleaseAsync(Vif vif, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes, before the pair, what its outer end is put into.</summary>
    /// <returns>True where nothing was changed.</returns>
    Task<bool> MakeReadyAsync(VifPlug plug, HostLinks links, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Tells whoever connects the port, once the pair is as it should be.</summary>
    /// <param name="plug">The port.</param>
    /// <param name="isMade">True where devices of it have just been made: what others know is of devices before.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>True where nothing was changed.</returns>
    Task<bool> ConnectAsync(VifPlug plug, bool isMade, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Takes back both, before the pair goes. What is gone is no failure.</summary>
    /// <param name="device">What the pair says of itself.</param>
    /// <param name="vif">The port; null where nothing else is known of it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task DisconnectAsync(OwnedDevice device, Vif? vif, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What is wrong with a port whose pair is there, in a sentence; null where nothing is.</summary>
    string? Sight(Vif vif, HostLinks links, OvsState? ovs) => null;
}
