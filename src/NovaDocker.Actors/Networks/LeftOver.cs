using NovaDocker.Domain.Hosts;

namespace NovaDocker.Actors.Networks;

/// <summary>A device that no instance accounts for.</summary>
/// <param name="Device">Its name.</param>
/// <param name="Port">The port that it was made for; null where it was made for a network.</param>
/// <param name="Bridge">The bridge that is to be tidied with it; null where there is none, or where ports need it.</param>
/// <param name="Action">What is to be done about it.</param>
/// <param name="Reason">Why it is left over.</param>
internal sealed record LeftOver(string Device, OwnedDevice? Port, string? Bridge, FindingAction Action, string Reason)
{
    /// <summary>The bridge that will be tidied; null where nothing is removed.</summary>
    public string? TidiedBridge => Action == FindingAction.Removed ? Bridge : null;
}
