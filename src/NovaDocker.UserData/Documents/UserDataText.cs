using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace NovaDocker.UserData.Documents;

/// <summary>From bytes to text: UTF-8, without the control characters that no option can hold.</summary>
internal static class UserDataText
{
    /// <summary>The bytes without UTF-8's byte order mark, which Windows' editors put in front.</summary>
    public static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    /// <summary>The text, or what is wrong with it.</summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out string? text,
        [NotNullWhen(false)] out UserDataFault? fault)
    {
        text = null;
        var valid = Utf8.IsValid(bytes) ? bytes.Length : ValidLength(bytes);
        var decoded = Encoding.UTF8.GetString(bytes[..valid]);
        fault = FindControl(decoded);
        if (fault is null && valid < bytes.Length)
        {
            fault = Fault(
                decoded,
                decoded.Length,
                $"the byte 0x{bytes[valid]:x2} is not UTF-8; the user data must be text in UTF-8{Utf16Hint(bytes)}");
        }

        text = fault is null ? decoded : null;
        return fault is null;
    }

    private static UserDataFault? FindControl(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] is not ('\t' or '\n' or '\r'))
            {
                var name = text[i] == '\0' ? " (NUL)" : string.Empty;
                return Fault(
                    text,
                    i,
                    $"the control character U+{(int)text[i]:X4}{name} stands in the text; "
                        + "of control characters only tabs and line breaks are possible");
            }
        }

        return null;
    }

    private static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(bytes[length..], out _, out var taken) == System.Buffers.OperationStatus.Done)
            length += taken;
        return length;
    }

    /// <summary>Windows' Notepad once called UTF-16 "Unicode".</summary>
    private static string Utf16Hint(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff])
            ? " (this looks like UTF-16: save it as UTF-8)"
            : string.Empty;

    private static UserDataFault Fault(string text, int index, string problem) =>
        new(new Places(text).At(index), string.Empty, problem);
}
