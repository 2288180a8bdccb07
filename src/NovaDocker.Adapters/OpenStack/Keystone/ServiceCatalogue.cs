using System.Collections.Immutable;
using System.Text.Json;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;

namespace NovaDocker.Adapters.OpenStack.Keystone;

/// <summary>Which services there are and where: Keystone's catalogue, as it comes with a token.</summary>
/// <param name="Endpoints">Every endpoint, in the catalogue's order.</param>
internal sealed record ServiceCatalogue(ImmutableArray<ServiceEndpoint> Endpoints)
{
    /// <summary>The addresses of a service, in the catalogue's order.</summary>
    /// <param name="type">The service's type, such as <c>image</c>.</param>
    /// <param name="region">The region; empty for the only one that there is.</param>
    /// <param name="interface"><c>public</c>, <c>internal</c> or <c>admin</c>.</param>
    /// <exception cref="ImageStoreException">Invalid: there is none, or regions to choose from; the message tells what there is.</exception>
    public ImmutableArray<Uri> Find(string type, string region, string @interface)
    {
        var service = Endpoints.Where(endpoint => endpoint.Type == type).ToArray();
        if (service.Length == 0)
        {
            throw Missing(
                $"Keystone's catalogue has no service of type '{type}'; it has "
                + $"{Listed(Endpoints.Select(endpoint => endpoint.Type))}. Register Glance, or set novadocker.openstack.image-endpoints.");
        }

        var regions = service.Select(endpoint => endpoint.Region).Distinct(StringComparer.Ordinal).ToArray();
        if (region.Length == 0 && regions.Length > 1)
        {
            throw Missing(
                $"Keystone's catalogue has the service '{type}' in the regions {Listed(regions)}; "
                + "novadocker.openstack.region has to name one.");
        }

        var here = service.Where(endpoint => region.Length == 0 || endpoint.Region == region).ToArray();
        if (here.Length == 0)
        {
            throw Missing(
                $"Keystone's catalogue has no service '{type}' in the region '{region}' (novadocker.openstack.region); "
                + $"it has it in {Listed(regions)}.");
        }

        var found = here.Where(endpoint => endpoint.Interface == @interface).Select(endpoint => endpoint.Url).ToImmutableArray();
        return found.IsEmpty
            ? throw Missing(
                $"Keystone's catalogue has no {@interface} endpoint of the service '{type}' (novadocker.openstack.interface); "
                + $"it has {Listed(here.Select(endpoint => endpoint.Interface))}.")
            : found;
    }

    /// <summary>Reads the <c>catalog</c> of a token.</summary>
    public static ServiceCatalogue Parse(JsonElement catalog)
    {
        var endpoints = ImmutableArray.CreateBuilder<ServiceEndpoint>();
        foreach (var service in catalog.EnumerateArray())
        {
            foreach (var endpoint in service.GetProperty("endpoints").EnumerateArray())
            {
                if (Uri.TryCreate(endpoint.GetProperty("url").GetString(), UriKind.Absolute, out var url))
                {
                    endpoints.Add(new ServiceEndpoint(
                        service.GetProperty("type").GetString() ?? "",
                        endpoint.TryGetProperty("region_id", out var id) && id.GetString() is { } region ? region : "",
                        endpoint.GetProperty("interface").GetString() ?? "",
                        url));
                }
            }
        }

        return new ServiceCatalogue(endpoints.DrainToImmutable());
    }

    private static string Listed(IEnumerable<string> words) =>
        string.Join(", ", words.Distinct(StringComparer.Ordinal)) is { Length: > 0 } list ? list : "nothing";

    private static ImageStoreException Missing(string message) => new(FaultCode.Invalid, message);
}

/// <summary>One address of a service.</summary>
/// <param name="Type">The service's type.</param>
/// <param name="Region">Its region.</param>
/// <param name="Interface">For whom it is: <c>public</c>, <c>internal</c> or <c>admin</c>.</param>
/// <param name="Url">The address.</param>
internal sealed record ServiceEndpoint(string Type, string Region, string Interface, Uri Url);
