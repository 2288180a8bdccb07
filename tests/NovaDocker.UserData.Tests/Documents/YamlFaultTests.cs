using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Tests.Documents;

public sealed class YamlFaultTests
{
    [Theory]
    [InlineData("- a\n- b", "line 1, column 1: a mapping of options is expected, such as 'user: nobody'; found a list")]
    [InlineData("# c\nrun it", "line 2, column 1: a mapping of options is expected, such as 'user: nobody'; found a text")]
    [InlineData("''", "line 1, column 1: a mapping of options is expected, such as 'user: nobody'; found a text")]
    [InlineData("a: 1\n---\nb: 1", "line 2, column 1: a second document begins here; user data are one document, without '---' inside")]
    [InlineData("---\n--- {a: 1}", "line 2, column 1: a second document begins here; user data are one document, without '---' inside")]
    [InlineData("<<: {a: 1}", "line 1, column 1: << is a merge key, which is not supported; write the keys out, or use an alias for a value")]
    [InlineData("a: &x {}\nb:\n  <<: *x\n  c: 1", "line 3, column 3: b.<< is a merge key, which is not supported; write the keys out, or use an alias for a value")]
    [InlineData("a: {~: 1}", "line 1, column 5: a has '~' for a key; a text is expected, and this is YAML for nothing; as a text it goes in quotes")]
    [InlineData("null : 1", "line 1, column 1: the document has 'null' for a key; a text is expected, and this is YAML for nothing; as a text it goes in quotes")]
    [InlineData("a: {'': 1}", "line 1, column 5: a has nothing for a key; a text is expected")]
    [InlineData("  : x", "line 1, column 4: the document has nothing for a key; a text is expected")]
    [InlineData("? [a, {b: c}]\n: {d: e}\nf: 1", "line 1, column 3: the document has a list for a key; a text is expected")]
    [InlineData("env: {{ name }}", "line 1, column 7: env has a mapping for a key; a text is expected; a template such as {{ name }} is not filled in, and goes in quotes")]
    [InlineData("{{ name }}: 1", "line 1, column 1: the document has a mapping for a key; a text is expected; a template such as {{ name }} is not filled in, and goes in quotes")]
    [InlineData("a:\n    : b\n    c: d\ne: 1\ne: 2", "line 2, column 6: a has nothing for a key; a text is expected")]
    [InlineData("a: &x [1]\n*x : 2", "line 2, column 1: the document has a list by the name of '*x' for a key; a text is expected")]
    [InlineData("a: *x\nb: 1", "line 1, column 4: a refers to '*x', but no anchor '&x' stands before it; text that begins with '*' goes in quotes")]
    [InlineData("a: &x {b: [*x]}", "line 1, column 12: a.b[0] refers to '*x' inside of '&x' itself; a node cannot contain itself")]
    [InlineData("a: &x 1\nb: &x [*x]", "line 2, column 8: b[0] refers to '*x' inside of '&x' itself; a node cannot contain itself")]
    [InlineData("a: \"x\\0y\"", "line 1, column 4: a holds the character NUL, which no option can hold")]
    [InlineData("a: !!binary aGk=", "line 1, column 4: a has the tag !!binary, which is not supported; only !!str, !!int, !!float, !!bool, !!null, !!seq and !!map are")]
    [InlineData("a: [!ruby/object {}]", "line 1, column 5: a[0] has the tag !ruby/object, which is not supported; only !!str, !!int, !!float, !!bool, !!null, !!seq and !!map are")]
    [InlineData("!!set {a: 1}", "line 1, column 1: the document has the tag !!set, which is not supported; only !!str, !!int, !!float, !!bool, !!null, !!seq and !!map are")]
    [InlineData("a: !!int yes", "line 1, column 4: a has the tag !!int, which does not go with the text 'yes'")]
    [InlineData("a: !!null 0", "line 1, column 4: a has the tag !!null, which does not go with the text '0'")]
    [InlineData("a: !!bool yes", "line 1, column 4: a has the tag !!bool, which does not go with the text 'yes'")]
    [InlineData("a: !!float x", "line 1, column 4: a has the tag !!float, which does not go with the text 'x'")]
    [InlineData("a: !!str [1]", "line 1, column 4: a has the tag !!str, which does not go with a list")]
    [InlineData("a: !!seq {b: 1}", "line 1, column 4: a has the tag !!seq, which does not go with a mapping")]
    public void What_is_no_document_of_options(string text, string fault) => Assert.Equal(fault, Docs.Fault(text));

    [Theory]
    [InlineData("a: b: c", "line 1, column 5: cannot be read as YAML: a ':' with a blank behind it makes a mapping")]
    [InlineData("a: 1\n b: 2", "line 2, column 3: cannot be read as YAML: a ':' with a blank behind it makes a mapping")]
    [InlineData("x:\n\ty: 1", "line 2, column 1: cannot be read as YAML: a tab cannot indent")]
    [InlineData("a: 1\nb", "line 2, column 1: cannot be read as YAML: the key that begins here has no ':'")]
    [InlineData("a: @x", "line 1, column 4: cannot be read as YAML: no text can begin with '@'; put it in quotes")]
    [InlineData("a: `x`", "line 1, column 4: cannot be read as YAML: no text can begin with '`'; put it in quotes")]
    [InlineData("a: |x\n", "line 1, column 4: cannot be read as YAML: a '|' or '>' begins an indented text")]
    [InlineData("a: !x]y z", "line 1, column 4: a has the tag !x]y, which is not supported")]
    [InlineData("a: !x{y} z", "line 1, column 4: cannot be read as YAML: a '!' begins a tag")]
    [InlineData("a: &[ z", "line 1, column 4: cannot be read as YAML: a '&' or '*' begins the name of an anchor")]
    [InlineData("a: * z", "line 1, column 4: cannot be read as YAML: a '&' or '*' begins the name of an anchor")]
    [InlineData("a:\n  b: 'x\nc: 1\n", "line 2, column 6: cannot be read as YAML: the quotation mark that stands here is never closed")]
    [InlineData("a: \"ok\n  \\q\"", "line 2, column 3: cannot be read as YAML: in double quotes a '\\' begins an escape")]
    [InlineData("a: \"\\ud83d\"", "line 1, column 11: cannot be read as YAML: in double quotes a '\\' begins an escape")]
    [InlineData("a: [1, 2\nb: 3", "line 2, column 1: cannot be read as YAML: ")]
    [InlineData("a: {b: 1]", "line 1, column 9: cannot be read as YAML: ',' or '}' is expected here")]
    [InlineData("a: - b", "line 1, column 4: cannot be read as YAML: a '-' with a blank behind it begins an item of a list")]
    [InlineData("a:\n- b\nc", "line 3, column 1: cannot be read as YAML: the key that begins here has no ':'")]
    [InlineData("a:\n  - b\n  c: d", "line 3, column 3: cannot be read as YAML: an item of the list is expected here")]
    [InlineData("a: 'x' y", "line 1, column 8: cannot be read as YAML: a key is expected here")]
    [InlineData("{a: 1} b", "line 1, column 8: cannot be read as YAML: the document is complete before this")]
    [InlineData("a: \"\\UFFFFFFFF\"", "line 1, column 15: cannot be read as YAML: what stands here, or shortly before")]
    [InlineData("a: \"\\ud83d\\u0041\"", "line 1, column 17: cannot be read as YAML: what stands here, or shortly before")]
    [InlineData("a: !![", "line 1, column 7: cannot be read as YAML: what stands here, or shortly before")]
    [InlineData("...\n]", "line 2, column 2: cannot be read as YAML: what stands here, or shortly before")]
    [InlineData("%YAML 3.0\n---\na: 1", "line 2, column 1: cannot be read as YAML: this is of another version; YAML 1.1 and 1.2 are read")]
    [InlineData("%YAML x\n---\na: 1", "line 1, column 1: cannot be read as YAML: a line that begins with '%' is a directive, and this one is not understood")]
    public void What_is_not_YAML_is_said_in_our_words(string text, string problem) =>
        Assert.StartsWith(problem, Docs.Fault(text), StringComparison.Ordinal);

    /// <summary>YamlDotNet reads each of these as something else, and says nothing.</summary>
    [Theory]
    [InlineData("a: 1\n%b\nc: 2", "line 2, column 1: cannot be read as YAML: a line that begins with '%' is a directive, and this one is unknown; put such text in quotes")]
    [InlineData("{a: 1,\n%b: 2}", "line 2, column 1: cannot be read as YAML: a line that begins with '%' is a directive, and this one is unknown; put such text in quotes")]
    [InlineData("volumes:\n  /run/x.sock *y: /z", "line 2, column 3: volumes has a ':' that ends a key in '/run/x.sock *y: /z'; a text, or a key, that looks so goes in quotes")]
    [InlineData("a: {b:}", "line 1, column 5: a has a ':' that ends a key in 'b:'; a text, or a key, that looks so goes in quotes")]
    [InlineData("a: [b,@ c]", "line 1, column 7: a[1] has the text '@ c', which begins with '@' and therefore goes in quotes")]
    [InlineData("{a:  [1], :  b}", "line 1, column 12: the document has the text '  b', which begins with ' ' and therefore goes in quotes")]
    public void What_its_reader_would_swallow_is_a_fault(string text, string fault) => Assert.Equal(fault, Docs.Fault(text));

    [Fact]
    public void A_text_indented_beyond_what_its_reader_can_see_is_a_fault()
    {
        static string Indented(int spaces) => $"a: |1\n{new string(' ', spaces)}x\nb: 2\n";
        Assert.Equal(new string(' ', 511) + "x\n", Docs.Read(Indented(YamlPitfalls.MaxIndentation)).At("a").Text());
        Assert.Equal(
            "line 2, column 1: cannot be read as YAML: the line is indented by more than 512 spaces",
            Docs.Fault(Indented(YamlPitfalls.MaxIndentation + 1)));
    }

    [Fact]
    public void All_faults_at_once_and_the_values_of_wrong_keys_are_looked_into_too() =>
        Assert.Equal(
            [
                "line 3, column 1: a comes twice: the same key stands at line 1, column 1",
                "line 4, column 3: a.b comes twice: the same key stands at line 3, column 5",
                "line 5, column 8: c[1] has the tag !x, which is not supported; only !!str, !!int, !!float, !!bool, !!null, !!seq and !!map are",
                "line 6, column 1: << is a merge key, which is not supported; write the keys out, or use an alias for a value",
                "line 7, column 1: the document has '~' for a key; a text is expected, and this is YAML for nothing; as a text it goes in quotes",
                "line 8, column 1: a comes twice: the same key stands at line 1, column 1",
                "line 9, column 5: cannot be read as YAML: a ':' with a blank behind it makes a mapping, and none can begin here; "
                    + "put text that has one in quotes, and a key on a line of its own, indented as far as its neighbours",
            ],
            Docs.Faults("a: 1\n\na: {b: 1,\n  b: 2}\nc: [1, !x 2]\n<<: {d: 1}\n~: 1\n'a': 3\ne: f: g\n"));

    [Fact]
    public void Faults_are_listed_up_to_a_bound()
    {
        var faults = Docs.Faults("a: 1\n" + string.Concat(Enumerable.Repeat("a: 1\n", 5000)));
        Assert.Equal(FaultList.MaxFaults + 1, faults.Length);
        Assert.Equal("line 102, column 1: there are more faults from here on; 100 are listed", faults[^1]);
    }

    [Theory]
    [InlineData("short\tand\r\nlong", "short and  long")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123", "0123456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("012345678901234567890123456789012345678901234567890123456789012\ud83d\ude00", "012345678901234567890123456789012345678901234567890123456789012…")]
    public void A_piece_is_shown_on_one_line_and_cut_between_characters(string text, string shown) =>
        Assert.Equal(shown, Shown.Piece(text));

    [Fact]
    public void A_path_shows_long_keys_shortened_and_on_one_line()
    {
        var fault = Docs.Parse($"\"{new string('k', 500)}\\n\":\n  \"x\\ny\": {{a: 1, a: 2}}\n").Faults.Single();
        Assert.Equal($"{new string('k', Shown.MaxLength)}….x y.a", fault.Path);
    }
}
