using System.Text;

namespace NovaDocker.EndToEnd.Tests.UserData.Rows;

/// <summary>A document that sets an option, and how it shows in an instance that is booted with it.</summary>
/// <remarks>
/// In all texts <c>&lt;id&gt;</c> is the instance's id, <c>&lt;peer&gt;</c> that of another instance named <c>peer</c>,
/// <c>&lt;image&gt;</c> the image that the container is of, <c>&lt;dir&gt;</c> a directory of the host that may be bound,
/// <c>&lt;network&gt;</c> a network that somebody made in the Engine, and <c>&lt;port&gt;</c> a port of the host on which nobody
/// listens.
/// </remarks>
/// <param name="Row">The title of the option's row in the table.</param>
/// <param name="UserData">The document.</param>
/// <param name="Pointer">Where the Engine's inspect shows it: a JSON pointer.</param>
/// <param name="Json">What it shows there.</param>
/// <param name="Shown">
/// What the instance's view says of it: <c>option: value (key, line)</c>; null where the row sets no option.
/// </param>
internal sealed record RowSample(string Row, string UserData, string Pointer, string Json, string? Shown)
{
    /// <summary>Says which one it is, where a row has several.</summary>
    public string Variant { get; init; } = "";

    /// <summary>What the instance's shell is to do; null leaves the command to the document, and then to the image.</summary>
    public string? Script { get; init; }

    /// <summary>A regular expression, by lines, that the instance's console matches.</summary>
    public string? Sees { get; init; }

    /// <summary>True stops the instance before its console is read.</summary>
    public bool Stops { get; init; }

    /// <summary>How long the stop may take; null for as long as its options and the host say.</summary>
    public TimeSpan? Grace { get; init; }

    /// <summary>True where its program serves a page at port 80, which is published.</summary>
    public bool Serves { get; init; }

    /// <summary>What the view's notes have to say; null for no notes at all.</summary>
    public string? Note { get; init; }

    /// <summary>Words of the Engine's, which does not start such a container here; null where it does.</summary>
    public string? Refusal { get; init; }

    /// <summary>True hands the document over in base64, as Nova stores it.</summary>
    public bool InBase64 { get; init; }

    /// <summary>True needs an Engine with a bridge.</summary>
    public bool NeedsBridge { get; init; }

    public string Title => Variant.Length == 0 ? Row : $"{Row}, {Variant}";

    /// <summary>A script that does something and then lasts.</summary>
    public static string Lasting(string script) => $"{script}\nexec sleep 3600";

    /// <summary>The bytes of the document.</summary>
    public byte[] Bytes(Func<string, string> fill)
    {
        var bytes = Encoding.UTF8.GetBytes(fill(UserData));
        return InBase64 ? Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)) : bytes;
    }
}
