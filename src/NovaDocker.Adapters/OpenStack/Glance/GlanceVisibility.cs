using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Adapters.OpenStack.Glance;

/// <summary>
/// Whether a project may see an image, where Glance was asked with the host's own credentials, which see them all. The rule
/// is Glance's (<c>is_image_visible</c> in its database API): what is public or for the community, what is its own, and
/// what somebody shares with it.
/// </summary>
internal sealed class GlanceVisibility(GlanceClient glance)
{
    private const string Accepted = "accepted";

    /// <summary>True where the project may use it, knowing its id; whether it took on what is shared does not matter then.</summary>
    public async Task<bool> MaySeeAsync(ImageDescription image, string project, CancellationToken cancellationToken) =>
        IsOpenTo(image, project)
        || image.Visibility == "community"
        || (image.Visibility == "shared"
            && await MembershipAsync(image.Id, project, cancellationToken).ConfigureAwait(false) is not null);

    /// <summary>
    /// True where it is in the project's list: what is shared comes there once it was accepted, what others have for
    /// the community has to be known by its id.
    /// </summary>
    public async Task<bool> IsListedAsync(ImageDescription image, string project, CancellationToken cancellationToken) =>
        IsOpenTo(image, project)
        || (image.Visibility == "shared"
            && await MembershipAsync(image.Id, project, cancellationToken).ConfigureAwait(false) == Accepted);

    private static bool IsOpenTo(ImageDescription image, string project) =>
        project.Length == 0 || image.Owner.Length == 0 || image.Owner == project || image.Visibility == "public";

    private async Task<string?> MembershipAsync(ImageId id, string project, CancellationToken cancellationToken)
    {
        try
        {
            return await glance.ReadAsync(
                GlanceRequest.GetMember(id, project), token: null, member => member.GetProperty("status").GetString(),
                cancellationToken).ConfigureAwait(false);
        }
        catch (ImageStoreException e) when (e.Code == FaultCode.NotFound)
        {
            return null;
        }
    }
}
