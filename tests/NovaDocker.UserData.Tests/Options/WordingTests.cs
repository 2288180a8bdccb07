using NovaDocker.UserData.Options.Forms;

namespace NovaDocker.UserData.Tests.Options;

/// <summary>What of a document gets into messages, and how lines are split into words.</summary>
public sealed class WordingTests
{
    [Theory]
    [InlineData("a", "'a'")]
    [InlineData("a\nb\u001b[31m\0", "'a\\u000ab\\u001b[31m\\u0000'")]
    [InlineData("\u202e\u2028\ufeff", "'\\u202e\\u2028\\ufeff'")]
    [InlineData("größe 😀", "'größe 😀'")]
    public void What_does_not_show_is_escaped(string text, string quoted) => Assert.Equal(quoted, Wording.Quoted(text));

    [Fact]
    public void A_lone_half_of_a_character_does_no_harm() => Assert.Equal("'\ufffd'", Wording.Quoted("\ud83d"));

    [Fact]
    public void Long_texts_are_shortened()
    {
        Assert.Equal($"'{new string('a', 80)}'", Wording.Quoted(new string('a', 80)));
        Assert.Equal($"'{new string('a', 80)}…'", Wording.Quoted(new string('a', 81)));
    }

    [Theory]
    [InlineData("a b", "a|b")]
    [InlineData("  a\t b \n c ", "a|b|c")]
    [InlineData("a 'b c' d", "a|b c|d")]
    [InlineData("a'b'\"c\"d", "abcd")]
    [InlineData("''", "")]
    [InlineData("a '' b", "a||b")]
    [InlineData("a\\ b", "a b")]
    [InlineData("'a\\b'", "a\\b")]
    [InlineData("\"a\\b \\\" \\\\ \\$x \\`\"", "a\\b \" \\ $x `")]
    [InlineData("a\\\nb \"c\\\nd\"", "ab|cd")]
    [InlineData("a # b", "a|#|b")]
    [InlineData("$HOME `x` *", "$HOME|`x`|*")]
    [InlineData("a|b;c>d", "a|b;c>d")]
    public void A_line_is_split_as_a_shell_splits_it(string line, string words)
    {
        Assert.Equal(words, string.Join('|', ShellWords.Split(line, out var problem)!));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("\\\n")]
    public void An_empty_line_has_no_words(string line) => Assert.Empty(ShellWords.Split(line, out _)!);

    [Theory]
    [InlineData("a 'b", "single quote")]
    [InlineData("a \"b", "double quote")]
    [InlineData("a\\", "backslash")]
    [InlineData("\"a\\", "backslash")]
    public void A_line_that_ends_within_a_word_is_none(string line, string problem)
    {
        Assert.Null(ShellWords.Split(line, out var found));
        Assert.Contains(problem, found, StringComparison.Ordinal);
    }
}
