using System.Net;
using System.Text.Json;
using Docker.DotNet;
using NovaDocker.Actors.Docker;

namespace NovaDocker.Adapters.Docker;

/// <summary>What a failed call means, told by status code and by type of exception, never by text.</summary>
internal static class EngineFailure
{
    private const int LongestWords = 1000;

    /// <summary>The failure in the port's terms; null where the exception is no failure of the Engine's but a defect of ours.</summary>
    /// <param name="what">What was asked, of which container or image.</param>
    /// <param name="exception">What came out of the client.</param>
    public static EngineException? Of(string what, Exception exception) => exception switch
    {
        EngineException e => e,
        DockerApiException e => new EngineException(KindOf(e.StatusCode), $"{what}: {WordsOf(e)}", e),
        HttpRequestException e => new EngineException(KindOf(e.HttpRequestError), $"{what}: {Innermost(e).Message}", e),
        // The client reports a connection that could not be made in time as a cancellation nobody asked for.
        OperationCanceledException { InnerException: TimeoutException } e =>
            new EngineException(EngineErrorKind.Unavailable, $"{what}: no connection to the Engine in time.", e),
        IOException or JsonException => new EngineException(
            EngineErrorKind.Transient, $"{what}: the Engine's answer broke off or makes no sense: {exception.Message}", exception),
        _ => null,
    };

    /// <summary>The kind a status code stands for.</summary>
    private static EngineErrorKind KindOf(HttpStatusCode status) => (int)status switch
    {
        404 => EngineErrorKind.NotFound,
        409 => EngineErrorKind.Conflict,
        501 => EngineErrorKind.Invalid,
        >= 400 and < 500 => EngineErrorKind.Invalid,
        _ => EngineErrorKind.Transient,
    };

    private static EngineErrorKind KindOf(HttpRequestError error) => error switch
    {
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError =>
            EngineErrorKind.Unavailable,
        _ => EngineErrorKind.Transient,
    };

    /// <summary>The Engine answers failures as <c>{"message": "…"}</c>; a proxy before it may answer anything.</summary>
    private static string WordsOf(DockerApiException exception)
    {
        var body = exception.ResponseBody ?? "";
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.String)
            {
                body = message.GetString() ?? "";
            }
        }
        catch (JsonException)
        {
            // Not the Engine's form: its words are the body as it stands.
        }

        body = body.Trim();
        if (body.Length > LongestWords)
            body = body[..LongestWords] + "…";

        return body.Length == 0 ? $"HTTP {(int)exception.StatusCode}." : $"{body} (HTTP {(int)exception.StatusCode})";
    }

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
            exception = inner;

        return exception;
    }
}
