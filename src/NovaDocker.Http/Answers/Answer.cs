using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace NovaDocker.Http.Answers;

/// <summary>Writes answers.</summary>
internal static class Answer
{
    private const string Json = "application/json; charset=utf-8";

    /// <summary>An answer with status 200.</summary>
    public static Task OkAsync<T>(HttpContext context, T answer) => WriteAsync(context, StatusCodes.Status200OK, answer);

    /// <summary>An answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="answer">What is answered, as JSON.</param>
    /// <param name="mediaType">What kind of JSON that is.</param>
    /// <typeparam name="T">One of the types of <see cref="AnswerJson"/>.</typeparam>
    public static async Task WriteAsync<T>(HttpContext context, int status, T answer, string mediaType = Json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        // Whole before it is sent, so that the length is known and a defect becomes a problem.
        var bytes = JsonSerializer.SerializeToUtf8Bytes(answer, (JsonTypeInfo<T>)AnswerJson.Door.GetTypeInfo(typeof(T))!);
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>A text.</summary>
    public static Task TextAsync(HttpContext context, string text, string mediaType)
    {
        context.Response.ContentType = mediaType;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
