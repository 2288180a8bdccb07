using System.Collections.Immutable;
using System.Net;
using NovaDocker.Actors.Images;
using NovaDocker.Adapters.OpenStack.Keystone;
using NovaDocker.Domain.Common;

namespace NovaDocker.Adapters.OpenStack.Glance;

/// <summary>
/// Sends requests to Glance: with the token of whoever asks, else the host's own; to the endpoints in turn; and once more
/// with a new token where the old one is no longer taken. Failures are <see cref="ImageStoreException"/>.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class GlanceClient(OpenStackHttp http, TokenSource tokens, OpenStackSettings settings)
{
    private const string TokenHeader = "X-Auth-Token";

    /// <summary>The answer to a request, with its headers read; the caller disposes it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="token">The token of whoever asks; null for the host's own.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    public async Task<HttpResponseMessage> SendAsync(
        GlanceRequest request, RequestToken? token, CancellationToken cancellationToken) => request.MayRepeat
        ? await http.RepeatAsync(
            again => new ValueTask<HttpResponseMessage>(SendOnceAsync(request, token, again)), cancellationToken)
            .ConfigureAwait(false)
        : await SendOnceAsync(request, token, cancellationToken).ConfigureAwait(false);

    private async Task<HttpResponseMessage> SendOnceAsync(
        GlanceRequest request, RequestToken? token, CancellationToken cancellationToken)
    {
        var own = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        if (token is not null)
        {
            var lent = await SendToAnyAsync(request, token.Value, own, cancellationToken).ConfigureAwait(false);
            if (lent.StatusCode != HttpStatusCode.Unauthorized || !request.MayRepeat)
                return await AcceptedAsync(request, lent, cancellationToken).ConfigureAwait(false);
            // It has expired. Whether the project may have the image is judged by the rules of Glance here, then.
            lent.Dispose();
        }

        var response = await SendToAnyAsync(request, own.Value, own, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Unauthorized && request.MayRepeat)
        {
            response.Dispose();
            tokens.Reject(own);
            own = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
            response = await SendToAnyAsync(request, own.Value, own, cancellationToken).ConfigureAwait(false);
        }

        return await AcceptedAsync(request, response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tries the endpoints in turn until one answers.</summary>
    private async Task<HttpResponseMessage> SendToAnyAsync(
        GlanceRequest request, string token, KeystoneToken own, CancellationToken cancellationToken)
    {
        var endpoints = Endpoints(own);
        for (var i = 0; ; i++)
        {
            var isLast = i == endpoints.Length - 1;
            try
            {
                using var message = request.ToMessage(endpoints[i]);
                message.Headers.Add(TokenHeader, token);
                var response = await http.SendAsync(request.Action, message, request.HasBytes, cancellationToken).ConfigureAwait(false);
                if (isLast || !IsAway(response.StatusCode) || !request.MayRepeat)
                    return response;
                response.Dispose();
            }
            catch (ImageStoreException e) when (e.Code == FaultCode.Unavailable && !isLast && request.MayRepeat)
            {
                // The next one may be up.
            }
        }
    }

    private ImmutableArray<Uri> Endpoints(KeystoneToken own) => settings.ImageEndpoints.IsEmpty
        ? own.Catalogue.Find("image", settings.Region, settings.Interface)
        : [.. settings.ImageEndpoints];

    private static bool IsAway(HttpStatusCode status) =>
        status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static async Task<HttpResponseMessage> AcceptedAsync(
        GlanceRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await OpenStackErrors.RefusedAsync(request.Action, response, cancellationToken).ConfigureAwait(false);
    }
}
