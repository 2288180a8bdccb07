using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Images;

/// <summary>On whose behalf the image store is asked.</summary>
/// <param name="ProjectId">Keystone's project id; empty for the operator of the host, who sees every image.</param>
/// <param name="Token">
/// A Keystone token of that project, which the store is then asked with; null has the host's own credentials used, and what the
/// project may see is judged by owner, visibility and members. Never stored and never logged.
/// </param>
public sealed record ImageCaller(string ProjectId, RequestToken? Token)
{
    /// <summary>The operator of the host, or the host itself.</summary>
    public static readonly ImageCaller Nobody = new("", null);
}
