namespace NovaDocker.Domain.Vifs;

/// <summary>A port that is plugged.</summary>
/// <param name="Port">The port.</param>
/// <param name="Device">Its device on the host.</param>
/// <param name="Interface">Its interface inside of the instance.</param>
/// <param name="Adopted">True where it was plugged already, and nothing was changed.</param>
public sealed record PluggedVif(PortId Port, string Device, string Interface, bool Adopted)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Port} as {Interface}, {Device}{(Adopted ? " (was there)" : "")}";
}
