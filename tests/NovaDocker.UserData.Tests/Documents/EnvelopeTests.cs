using System.Text;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Tests.Documents;

/// <summary>From the bytes to a text: size, base64, encoding.</summary>
public sealed class EnvelopeTests
{
    private static readonly string InBase64 = Convert.ToBase64String("user: nobody\nenvironment: {a: b}\n"u8);

    [Fact]
    public void As_many_bytes_as_Nova_takes_and_no_more()
    {
        Assert.Empty(Parse("#".PadRight(UserDataDocument.MaxBytes, 'x')).Faults);
        Assert.Equal(
            "the user data have 65536 bytes; at most 65535 are possible",
            Docs.Fault("#".PadRight(UserDataDocument.MaxBytes + 1, 'x')));
    }

    [Fact]
    public void The_size_is_that_of_the_base64()
    {
        static string Comment(int bytes) => Convert.ToBase64String(Encoding.ASCII.GetBytes("#".PadRight(bytes, 'x')));
        Assert.Empty(Parse(Comment(49_149)).Faults);
        Assert.Equal("the user data have 65536 bytes; at most 65535 are possible", Docs.Fault(Comment(49_150)));
    }

    [Fact]
    public void Base64_is_opened_with_line_breaks_and_blanks_around_it_and_inside()
    {
        const string tree = "{user: nobody, environment: {a: b}}";
        Assert.Equal(tree, Docs.Tree(InBase64));
        Assert.Equal(tree, Docs.Tree($"\n {InBase64}\r\n"));
        Assert.Equal(tree, Docs.Tree(string.Join("\r\n", InBase64.Chunk(20).Select(chunk => new string(chunk)))));
        Assert.Equal(tree, Docs.Tree("\uFEFF" + InBase64));
    }

    [Fact]
    public void Base64_is_opened_once() =>
        Assert.Contains(
            "found a text",
            Docs.Fault(Convert.ToBase64String(Encoding.ASCII.GetBytes(InBase64))),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("abcde")]
    [InlineData("abc")]
    [InlineData("ab=c")]
    [InlineData("abcd=")]
    [InlineData("ab-_")]
    public void What_base64_cannot_be_is_plain(string text) =>
        Assert.Equal(
            "line 1, column 1: a mapping of options is expected, such as 'user: nobody'; found a text",
            Docs.Fault(text));

    [Fact]
    public void Letters_that_decode_to_no_text_are_said_to_be_decoded() =>
        Assert.Equal(
            "the user data consist of letters of base64 alone and were decoded as such; what comes out is no text: "
                + "at line 1, column 2, the byte 0xb7 is not UTF-8; the user data must be text in UTF-8",
            Docs.Fault("abcd"));

    [Fact]
    public void A_byte_order_mark_is_skipped_outside_and_inside_of_base64()
    {
        Assert.Equal("{user: nobody}", Docs.Tree("\uFEFFuser: nobody"));
        Assert.Equal("{'user': 'nobody'}", Docs.Tree("\uFEFF{\"user\": \"nobody\"}"));
        Assert.Equal("{user: nobody}", Docs.Tree(Convert.ToBase64String(Encoding.UTF8.GetBytes("\uFEFFuser: nobody"))));
        Assert.Equal(new Mark(1, 7), Docs.Read("\uFEFFuser: nobody").At("user").Mark);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\n\r\n\t \n")]
    [InlineData("\uFEFF")]
    [InlineData("# nothing\n  # yet\n")]
    [InlineData("---\n")]
    [InlineData("---\n...\n")]
    [InlineData("--- # nothing\n")]
    [InlineData("~")]
    [InlineData("--- null\n")]
    [InlineData("%YAML 1.1\n---\n")]
    public void Nothing_in_it_is_no_fault(string text)
    {
        var document = Parse(text);
        Assert.Empty(document.Faults);
        Assert.Null(document.Root);
    }

    [Fact]
    public void An_empty_mapping_is_one() => Assert.Equal("{}", Docs.Tree(" {} "));

    [Theory]
    [InlineData("user: a\0b", "line 1, column 8: the control character U+0000 (NUL) stands in the text")]
    [InlineData("a: b\nuser: a\u001bb", "line 2, column 8: the control character U+001B stands in the text")]
    [InlineData("{\"a\": \"\u007f\"}", "line 1, column 8: the control character U+007F stands in the text")]
    [InlineData("a: b\u0085c: d", "line 1, column 5: the control character U+0085 stands in the text")]
    [InlineData("😀: \u0001", "line 1, column 4: the control character U+0001 stands in the text")]
    public void Control_characters_are_refused_in_their_place(string text, string problem) =>
        Assert.StartsWith(problem, Docs.Fault(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("a: b\nc: \u00e9", new byte[] { 0xff }, "line 2, column 5: the byte 0xff is not UTF-8")]
    [InlineData("a: \ud83d\ude00", new byte[] { 0xc3, 0x28 }, "line 1, column 5: the byte 0xc3 is not UTF-8")]
    [InlineData("", new byte[] { 0xff, 0xfe, 0x61, 0x00 }, "line 1, column 1: the byte 0xff is not UTF-8")]
    [InlineData("a\r\nb: ", new byte[] { 0xe2, 0x82 }, "line 2, column 4: the byte 0xe2 is not UTF-8")]
    public void What_is_not_UTF_8_is_refused_in_its_place(string before, byte[] bytes, string problem) =>
        Assert.StartsWith(
            problem,
            Assert.Single(Docs.Faults(UserDataDocument.Parse([.. Encoding.UTF8.GetBytes(before), .. bytes]))),
            StringComparison.Ordinal);

    [Fact]
    public void UTF_16_is_called_by_its_name() =>
        Assert.EndsWith(
            "(this looks like UTF-16: save it as UTF-8)",
            Assert.Single(Docs.Faults(UserDataDocument.Parse([0xff, 0xfe, .. Encoding.Unicode.GetBytes("user: nobody")]))),
            StringComparison.Ordinal);

    private static UserDataDocument Parse(string text) => Docs.Parse(text);
}
