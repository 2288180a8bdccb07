using System.Net.Http.Headers;
using System.Text;
using NovaDocker.Domain.Images;

namespace NovaDocker.Adapters.OpenStack.Glance;

/// <summary>A request to Glance's Image API v2, which can be made more than once.</summary>
/// <param name="Action">What it does, as the beginning of an error message.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below <c>/v2</c>, with its query.</param>
internal sealed record GlanceRequest(string Action, HttpMethod Method, string Path)
{
    private const string Patch = "application/openstack-images-v2.1-json-patch";

    /// <summary>A JSON text to send; null for none.</summary>
    public string? Json { get; private init; }

    /// <summary>The bytes of an image to send; null for none.</summary>
    public UploadContent? Bytes { get; private init; }

    /// <summary>The first byte that is wanted.</summary>
    public long Offset { get; private init; }

    /// <summary>True where the answer carries the bytes of an image.</summary>
    public bool IsDownload { get; private init; }

    /// <summary>What has to come within the limit to a request.</summary>
    public HttpWait Wait => Bytes is not null ? HttpWait.ForAsLongAsItTakes : IsDownload ? HttpWait.ForHeaders : HttpWait.ForAll;

    /// <summary>True where it does no harm to make it again: always but for an upload that has begun, whose bytes come once.</summary>
    public bool MayRepeat => Bytes is not { HasBegun: true };

    /// <summary>One image's record.</summary>
    public static GlanceRequest Get(ImageId id) => new($"Image {id} was looked up in Glance", HttpMethod.Get, $"images/{id}");

    /// <summary>Whether a project is a member of a shared image.</summary>
    public static GlanceRequest GetMember(ImageId id, string project) => new(
        $"The members of image {id} were looked up in Glance", HttpMethod.Get,
        $"images/{id}/members/{Uri.EscapeDataString(project)}");

    /// <summary>A page of images.</summary>
    /// <param name="query">The path of the page, with its query.</param>
    public static GlanceRequest List(string query) => new("Images were listed in Glance", HttpMethod.Get, query);

    /// <summary>A new record.</summary>
    public static GlanceRequest Create(ImageId id, string json) => new(
        $"Image {id} was to be created in Glance", HttpMethod.Post, "images") { Json = json };

    /// <summary>Changes to a record, as a JSON patch (RFC 6902).</summary>
    public static GlanceRequest Update(ImageId id, string json) => new(
        $"Image {id} was to be changed in Glance", HttpMethod.Patch, $"images/{id}") { Json = json };

    /// <summary>Removes an image.</summary>
    public static GlanceRequest Delete(ImageId id) => new(
        $"Image {id} was to be removed from Glance", HttpMethod.Delete, $"images/{id}");

    /// <summary>An image's bytes.</summary>
    public static GlanceRequest Download(ImageId id, long offset) => new(
        $"Image {id} was to be downloaded from Glance", HttpMethod.Get, $"images/{id}/file") { Offset = offset, IsDownload = true };

    /// <summary>Sends an image's bytes.</summary>
    public static GlanceRequest Upload(ImageId id, UploadContent bytes) => new(
        $"Image {id} was to be uploaded to Glance", HttpMethod.Put, $"images/{id}/file") { Bytes = bytes };

    /// <summary>The message to one endpoint.</summary>
    public HttpRequestMessage ToMessage(Uri endpoint)
    {
        var root = endpoint.ToString().TrimEnd('/');
        if (!root.EndsWith("/v2", StringComparison.Ordinal))
            root += "/v2";
        var message = new HttpRequestMessage(Method, $"{root}/{Path}") { Content = Bytes };
        if (Json is not null)
        {
            message.Content = new StringContent(Json, Encoding.UTF8);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(Method == HttpMethod.Patch ? Patch : "application/json");
        }

        // Whoever refuses an upload can say so before its bytes are taken.
        if (Bytes is not null)
            message.Headers.ExpectContinue = true;
        if (Offset > 0)
            message.Headers.Range = new RangeHeaderValue(Offset, null);
        return message;
    }
}
