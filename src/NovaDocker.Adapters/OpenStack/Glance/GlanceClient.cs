using System.Collections.Immutable;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
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

    /// <summary>Tokens that were refused once, which is for good; kept no longer than whoever lent them keeps them.</summary>
    private readonly ConditionalWeakTable<RequestToken, object> _refused = [];

    /// <summary>What Glance answers to a request, read from its JSON.</summary>
    /// <param name="request">The request.</param>
    /// <param name="token">The token of whoever asks; null for the host's own.</param>
    /// <param name="read">Takes what is wanted out of the JSON; a <see cref="JsonException"/> says that it is not there.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    public async Task<T> ReadAsync<T>(
        GlanceRequest request, RequestToken? token, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, token, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken).ConfigureAwait(false);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ImageStoreException(
                FaultCode.Invalid, $"{request.Action}: the answer is not one of Glance's ({e.Message.TrimEnd('.')}).", e);
        }
    }

    /// <summary>The answer to a request; all of it is there, but for that to a download. The caller disposes it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="token">The token of whoever asks; null for the host's own.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    public async Task<HttpResponseMessage> SendAsync(
        GlanceRequest request, RequestToken? token, CancellationToken cancellationToken) => request.Bytes is null
        ? await http.RepeatAsync(
            again => new ValueTask<HttpResponseMessage>(SendOnceAsync(request, token, again)), cancellationToken)
            .ConfigureAwait(false)
        : await SendOnceAsync(request, token, cancellationToken).ConfigureAwait(false);

    private async Task<HttpResponseMessage> SendOnceAsync(
        GlanceRequest request, RequestToken? token, CancellationToken cancellationToken)
    {
        var own = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        if (token is not null && !_refused.TryGetValue(token, out _))
        {
            var lent = await SendToAnyAsync(request, token.Value, own, cancellationToken).ConfigureAwait(false);
            if (lent.StatusCode != HttpStatusCode.Unauthorized)
                return await AcceptedAsync(request, lent, token.Value, cancellationToken).ConfigureAwait(false);
            // It has expired. Whether the project may have the image is judged by the rules of Glance here, then.
            lent.Dispose();
            _refused.AddOrUpdate(token, token);
            Again(request);
        }

        var response = await SendToAnyAsync(request, own.Value, own, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            response.Dispose();
            tokens.Reject(own);
            Again(request);
            own = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
            response = await SendToAnyAsync(request, own.Value, own, cancellationToken).ConfigureAwait(false);
        }

        return await AcceptedAsync(request, response, own.Value, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes sure that a request whose token was refused can be made with another.</summary>
    private static void Again(GlanceRequest request)
    {
        if (!request.MayRepeat)
        {
            throw new ImageStoreException(
                FaultCode.Transient, $"{request.Action}: the token was refused once bytes had been sent; another one is used next time.");
        }
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
                var response = await SendToAsync(endpoints[i], request, token, cancellationToken).ConfigureAwait(false);
                if (isLast || !IsAway(response.StatusCode) || !request.MayRepeat)
                    return response;
                response.Dispose();
            }
            catch (ImageStoreException e) when (
                e.Code is FaultCode.Unavailable or FaultCode.TimedOut && !isLast && request.MayRepeat)
            {
                // The next one may be up.
            }
        }
    }

    private async Task<HttpResponseMessage> SendToAsync(
        Uri endpoint, GlanceRequest request, string token, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage(endpoint);
        message.Headers.Add(TokenHeader, token);
        try
        {
            return await http.SendAsync(request.Action, message, request.Wait, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The bytes to send outlive the message: where they were not begun, another one takes them along.
            if (request.Bytes is not null)
                message.Content = null;
        }
    }

    private ImmutableArray<Uri> Endpoints(KeystoneToken own) => settings.ImageEndpoints.IsEmpty
        ? own.Catalogue.Find("image", settings.Region, settings.Interface)
        : [.. settings.ImageEndpoints];

    private static bool IsAway(HttpStatusCode status) =>
        status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static async Task<HttpResponseMessage> AcceptedAsync(
        GlanceRequest request, HttpResponseMessage response, string token, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await OpenStackErrors.RefusedAsync(request.Action, response, token, cancellationToken).ConfigureAwait(false);
    }
}
