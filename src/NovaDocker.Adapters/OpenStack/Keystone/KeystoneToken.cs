namespace NovaDocker.Adapters.OpenStack.Keystone;

/// <summary>A token that Keystone gave this host, with the catalogue that came with it.</summary>
/// <param name="Value">The token.</param>
/// <param name="IssuedAt">When it was given, by this host's clock.</param>
/// <param name="ExpiresAt">Until when it is valid.</param>
/// <param name="Catalogue">The services that may be used with it.</param>
internal sealed record KeystoneToken(
    string Value, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, ServiceCatalogue Catalogue)
{
    private static readonly TimeSpan MostMargin = TimeSpan.FromMinutes(5);

    /// <summary>From when on it is replaced: well before it expires, so that what begins with it can end with it.</summary>
    public DateTimeOffset RenewAt
    {
        get
        {
            var fifth = (ExpiresAt - IssuedAt) / 5;
            return ExpiresAt - (fifth < MostMargin ? fifth : MostMargin);
        }
    }

    /// <summary>Never the value.</summary>
    public override string ToString() => $"(token until {ExpiresAt:u})";
}
