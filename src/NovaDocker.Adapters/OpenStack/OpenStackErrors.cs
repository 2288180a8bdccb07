using System.Net;
using System.Text.RegularExpressions;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;

namespace NovaDocker.Adapters.OpenStack;

/// <summary>What a failure of Keystone or Glance means here.</summary>
internal static partial class OpenStackErrors
{
    private const int MaxText = 300;

    /// <summary>A request that got no answer.</summary>
    /// <param name="action">What was to be done, as the beginning of a sentence.</param>
    /// <param name="url">Where.</param>
    /// <param name="error">What went wrong.</param>
    public static ImageStoreException NoAnswer(string action, Uri url, HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.SecureConnectionError => new ImageStoreException(
            FaultCode.Denied,
            $"{action}: the certificate of {Address(url)} is not trusted, or it speaks no TLS ({Innermost(error)}). "
            + "novadocker.openstack.ca-file names the authority that it has to come from.",
            error),
        HttpRequestError.NameResolutionError => new ImageStoreException(
            FaultCode.Unavailable, $"{action}: the name {url.Host} is not known ({Innermost(error)}).", error),
        _ => new ImageStoreException(
            FaultCode.Unavailable, $"{action}: {Address(url)} does not answer ({Innermost(error)}).", error),
    };

    /// <summary>A request that was not answered in time.</summary>
    public static ImageStoreException TooSlow(string action, Uri url, TimeSpan limit) => new(
        FaultCode.TimedOut, $"{action}: {Address(url)} gave no answer within {limit.TotalSeconds:0.#} s.");

    /// <summary>A connection that was not made in time.</summary>
    public static ImageStoreException NoConnection(string action, Uri url, TimeSpan limit) => new(
        FaultCode.Unavailable, $"{action}: no connection to {Address(url)} within {limit.TotalSeconds:0.#} s.");

    /// <summary>An answer that says no.</summary>
    /// <param name="action">What was to be done, as the beginning of a sentence.</param>
    /// <param name="response">The answer.</param>
    /// <param name="secret">What was sent and must not be told, should the answer repeat it.</param>
    /// <param name="cancellationToken">Ends the reading of what it says.</param>
    public static async Task<ImageStoreException> RefusedAsync(
        string action, HttpResponseMessage response, string secret, CancellationToken cancellationToken)
    {
        var words = await WordsAsync(response, secret, cancellationToken).ConfigureAwait(false);
        return new ImageStoreException(CodeOf(response.StatusCode), $"{action}: {(int)response.StatusCode} {words}");
    }

    private static FaultCode CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => FaultCode.Denied,
        HttpStatusCode.NotFound or HttpStatusCode.Gone => FaultCode.NotFound,
        HttpStatusCode.Conflict => FaultCode.Conflict,
        HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.InsufficientStorage => FaultCode.NoCapacity,
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => FaultCode.Transient,
        HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => FaultCode.Unavailable,
        >= HttpStatusCode.InternalServerError => FaultCode.Transient,
        _ => FaultCode.Invalid,
    };

    /// <summary>The service's own words, without the page around them.</summary>
    private static async Task<string> WordsAsync(
        HttpResponseMessage response, string secret, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        if (secret.Length > 0)
            text = text.Replace(secret, "(secret)", StringComparison.Ordinal);
        var words = Spaces().Replace(Tags().Replace(text, " "), " ").Trim();
        if (words.Length == 0)
            words = response.ReasonPhrase ?? "no reason given";
        return words.Length > MaxText ? words[..MaxText] + "…" : words;
    }

    private static string Address(Uri url) => url.GetLeftPart(UriPartial.Authority);

    private static string Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
            error = inner;
        return error.Message.TrimEnd('.');
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
