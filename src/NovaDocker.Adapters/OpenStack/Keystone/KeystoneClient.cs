using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;

namespace NovaDocker.Adapters.OpenStack.Keystone;

/// <summary>
/// Keystone's Identity API v3, as far as a host needs it: a token for its own credentials
/// (<c>POST /v3/auth/tokens</c>). Failures are <see cref="ImageStoreException"/>.
/// </summary>
internal sealed class KeystoneClient(OpenStackHttp http, OpenStackSettings settings, TimeProvider time)
{
    private const string TokenHeader = "X-Subject-Token";

    private readonly Uri _tokens = new($"{WithVersion(settings.AuthUrl)}/auth/tokens");

    /// <summary>A new token.</summary>
    public async Task<KeystoneToken> IssueAsync(CancellationToken cancellationToken) =>
        await http.RepeatAsync(token => new ValueTask<KeystoneToken>(IssueOnceAsync(token)), cancellationToken).ConfigureAwait(false);

    private async Task<KeystoneToken> IssueOnceAsync(CancellationToken cancellationToken)
    {
        var action = $"Keystone was asked for a token of {settings.Credentials.Subject}";
        var issuedAt = time.GetUtcNow();
        var secret = SecretOf(settings.Credentials);
        using var request = new HttpRequestMessage(HttpMethod.Post, _tokens)
        {
            Content = new StringContent(
                Question(settings.Credentials, secret).ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        };
        using var response = await http.SendAsync(action, request, HttpWait.ForAll, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            throw new ImageStoreException(
                FaultCode.Denied,
                $"Keystone at {settings.AuthUrl} does not accept the credentials of {settings.Credentials.Subject}; "
                + $"the secret is read from {settings.Credentials.SecretFile}.");
        }

        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            throw new ImageStoreException(
                FaultCode.Invalid, $"{_tokens} is no address of Keystone's (404); novadocker.openstack.auth-url has to name it.");
        }

        if (!response.IsSuccessStatusCode)
            throw await OpenStackErrors.RefusedAsync(action, response, secret, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, issuedAt, cancellationToken).ConfigureAwait(false);
    }

    private async Task<KeystoneToken> ReadAsync(
        HttpResponseMessage response, DateTimeOffset issuedAt, CancellationToken cancellationToken)
    {
        try
        {
            var value = response.Headers.GetValues(TokenHeader).Single();
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken).ConfigureAwait(false);
            var token = document.RootElement.GetProperty("token");
            var catalogue = token.TryGetProperty("catalog", out var catalog)
                ? ServiceCatalogue.Parse(catalog)
                : new ServiceCatalogue([]);
            // How long it lives is taken over, and not until when: the clocks of two machines may differ.
            var life = token.GetProperty("expires_at").GetDateTimeOffset() - token.GetProperty("issued_at").GetDateTimeOffset();
            return new KeystoneToken(value, issuedAt, issuedAt + life, catalogue);
        }
        catch (Exception e) when (
            e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new ImageStoreException(
                FaultCode.Invalid, $"The answer of {_tokens} is not one of Keystone's ({e.Message.TrimEnd('.')}).", e);
        }
    }

    private static JsonObject Question(OpenStackCredentials credentials, string secret) => credentials switch
    {
        OpenStackCredentials.Password password => Auth(
            new JsonObject
            {
                ["methods"] = new JsonArray("password"),
                ["password"] = new JsonObject
                {
                    ["user"] = new JsonObject
                    {
                        ["name"] = password.User,
                        ["domain"] = new JsonObject { ["name"] = password.UserDomain },
                        ["password"] = secret,
                    },
                },
            },
            new JsonObject
            {
                ["project"] = new JsonObject
                {
                    ["name"] = password.Project,
                    ["domain"] = new JsonObject { ["name"] = password.ProjectDomain },
                },
            }),
        OpenStackCredentials.ApplicationCredential application => Auth(
            new JsonObject
            {
                ["methods"] = new JsonArray("application_credential"),
                ["application_credential"] = new JsonObject { ["id"] = application.Id, ["secret"] = secret },
            },
            scope: null),
        _ => throw new ArgumentOutOfRangeException(nameof(credentials), credentials, "Credentials of no known kind."),
    };

    /// <summary>An application credential has its project in itself and takes no scope.</summary>
    private static JsonObject Auth(JsonObject identity, JsonObject? scope)
    {
        var auth = new JsonObject { ["identity"] = identity };
        if (scope is not null)
            auth["scope"] = scope;
        return new JsonObject { ["auth"] = auth };
    }

    private static string SecretOf(OpenStackCredentials credentials)
    {
        try
        {
            return File.ReadAllText(credentials.SecretFile).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImageStoreException(
                FaultCode.Denied, $"The secret of {credentials.Subject} cannot be read from {credentials.SecretFile}: {e.Message}", e);
        }
    }

    private static string WithVersion(Uri url)
    {
        var text = url.ToString().TrimEnd('/');
        return text.EndsWith("/v3", StringComparison.Ordinal) ? text : text + "/v3";
    }
}
