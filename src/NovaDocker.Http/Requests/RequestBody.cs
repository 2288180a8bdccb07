using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using NovaDocker.Http.Hosting;
using NovaDocker.Http.Problems;

namespace NovaDocker.Http.Requests;

/// <summary>The body of a request: one JSON object, or nothing, which counts as an object without members.</summary>
internal static class RequestBody
{
    private const int MaxDepth = 32;
    private const int Block = 16 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <summary>Reads the body. What of it nobody asks for is refused.</summary>
    /// <param name="request">The request.</param>
    /// <param name="read">Makes something of it; what is wrong goes to the reader.</param>
    /// <typeparam name="T">What is made of it.</typeparam>
    /// <exception cref="ProblemException">It is no JSON, or no object, or holds faults.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, Func<BodyReader, T> read)
    {
        using var document = await ParseAsync(request).ConfigureAwait(false);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new ProblemException(ProblemKind.InvalidArgument, "The body is no JSON object; one in braces is expected.");
        var faults = new Faults();
        var reader = new BodyReader(document.RootElement, "", faults);
        var made = read(reader);
        reader.RefuseOthers();
        faults.ThrowIfAny();
        return made;
    }

    private static async Task<JsonDocument> ParseAsync(HttpRequest request)
    {
        var bytes = await BytesOfAsync(request).ConfigureAwait(false);
        if (bytes.IsEmpty)
            return JsonDocument.Parse("{}");
        CheckMediaType(request);
        try
        {
            return JsonDocument.Parse(bytes, Strict);
        }
        catch (JsonException e)
        {
            throw new ProblemException(ProblemKind.InvalidArgument, $"The body is no JSON: {e.Message}");
        }
    }

    /// <summary>What is beyond the limit is read and dropped: a client that still sends would never see the answer.</summary>
    private static async Task<ReadOnlyMemory<byte>> BytesOfAsync(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        var block = new byte[Block];
        var length = 0L;
        int read;
        while ((read = await request.Body.ReadAsync(block, request.HttpContext.RequestAborted).ConfigureAwait(false)) > 0)
        {
            length += read;
            if (length <= HttpDoor.MaxBody)
                bytes.Write(block, 0, read);
        }

        return length <= HttpDoor.MaxBody
            ? bytes.ToArray()
            : throw new ProblemException(ProblemKind.TooBig, $"The body has {length} bytes; at most {HttpDoor.MaxBody} are expected.");
    }

    private static void CheckMediaType(HttpRequest request)
    {
        var isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        if (!isJson)
        {
            throw new ProblemException(
                ProblemKind.UnsupportedMediaType,
                $"Content-Type is '{request.ContentType}'; application/json, in UTF-8, is expected.");
        }
    }
}
