using System.Buffers;
using System.Buffers.Text;

namespace NovaDocker.UserData.Documents;

/// <summary>
/// Tells base64 from plain text. Nova stores user data in base64; <c>novadocker boot</c> and files come plain. No mark tells
/// one from the other, but none is needed: a document that says anything is a mapping, every mapping has a colon or a brace,
/// and base64 has neither.
/// </summary>
internal static class Base64Envelope
{
    /// <summary>
    /// What is in the envelope; false where there is none. It is opened once: what has come out is not taken for another one.
    /// </summary>
    /// <param name="bytes">As they came. White space in base64 is fine, as MIME breaks its lines.</param>
    /// <param name="content">What is inside; empty where there is no envelope.</param>
    public static bool TryOpen(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> content)
    {
        content = [];
        if (!Base64.IsValid(bytes, out var length) || length == 0)
            return false;

        var opened = new byte[length];
        if (Base64.DecodeFromUtf8(bytes, opened, out _, out var written) != OperationStatus.Done)
            return false;

        content = opened.AsSpan(0, written);
        return true;
    }

    /// <summary>
    /// A fault of what was inside, with the word that it was inside: the author may never have meant base64. Its place is no
    /// place in what the author sees.
    /// </summary>
    public static UserDataFault Explain(UserDataFault fault) => new(
        null,
        string.Empty,
        "the user data consist of letters of base64 alone and were decoded as such; what comes out is no text: "
            + $"at {fault.Mark}, {fault.Problem}");
}
