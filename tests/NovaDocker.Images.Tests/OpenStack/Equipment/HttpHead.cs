using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace NovaDocker.Images.Tests.OpenStack;

/// <summary>The beginning of a request or an answer: its first line and its headers.</summary>
/// <param name="Line">The first line.</param>
/// <param name="Headers">The lines that follow.</param>
internal sealed record HttpHead(string Line, string[] Headers)
{
    /// <summary>Reads one; null where the other side is done.</summary>
    public static async Task<HttpHead?> ReadAsync(PipeReader from, CancellationToken cancel)
    {
        while (true)
        {
            var result = await from.ReadAsync(cancel);
            var text = Encoding.Latin1.GetString(result.Buffer.ToArray());
            if (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end)
            {
                from.AdvanceTo(result.Buffer.GetPosition(end + 4));
                var lines = text[..end].Split("\r\n");
                return new HttpHead(lines[0], lines[1..]);
            }

            from.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
                return null;
        }
    }

    /// <summary>A header's value; null where it is not there.</summary>
    public string? this[string name] => Headers
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault();

    public HttpHead Without(string name) =>
        this with { Headers = [.. Headers.Where(line => !line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))] };

    /// <summary>The same, with a connection that ends with the answer.</summary>
    public HttpHead Closing()
    {
        var rest = Without("Connection");
        return rest with { Headers = [.. rest.Headers, "Connection: close"] };
    }

    public byte[] ToBytes() => Encoding.Latin1.GetBytes(string.Join("\r\n", [Line, .. Headers, "", ""]));
}
