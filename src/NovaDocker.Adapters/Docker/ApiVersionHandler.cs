namespace NovaDocker.Adapters.Docker;

/// <summary>Puts every request under the API version agreed on; before that, requests go out as they are.</summary>
/// <param name="api">The version agreed on.</param>
/// <param name="inner">Sends the request.</param>
internal sealed class ApiVersionHandler(EngineApi api, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (api.Spoken is { } version && request.RequestUri is { AbsolutePath: not "/version" } uri)
            request.RequestUri = new Uri(uri, $"/v{version}{uri.PathAndQuery}");

        return base.SendAsync(request, cancellationToken);
    }
}
