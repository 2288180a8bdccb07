using System.Globalization;
using System.Text;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Tests.Options;

/// <summary>
/// Writes trees for tests in JSON, or in YAML's flow style: <c>{mem_limit: 512m, ports: [22, [53, udp]]}</c>. It takes what tests
/// write and checks nothing.
/// </summary>
internal sealed class Flow
{
    private readonly string _text;
    private int _at;
    private int _line = 1;
    private int _lineStart;

    private Flow(string text) => _text = text;

    private Mark Here => new(_line, _at - _lineStart + 1);

    /// <summary>A whole document.</summary>
    public static UserDataNode.Mapping Document(string text) => (UserDataNode.Mapping)Node(text);

    /// <summary>Any node.</summary>
    public static UserDataNode Node(string text) => new Flow(text).Value();

    private UserDataNode Value()
    {
        Space();
        var mark = Here;
        if (_at == _text.Length)
            return new UserDataNode.Scalar(mark, string.Empty, IsPlain: true);
        switch (_text[_at])
        {
            case '[':
                var items = new List<UserDataNode>();
                Each(']', () => items.Add(Value()));
                return new UserDataNode.Sequence(mark, items);
            case '{':
                var entries = new List<UserDataEntry>();
                Each('}', () => entries.Add(Entry()));
                return new UserDataNode.Mapping(mark, entries);
            default:
                return Scalar();
        }
    }

    private UserDataEntry Entry()
    {
        var key = Scalar();
        Space();
        if (_at < _text.Length && _text[_at] == ':')
            _at++;
        return new UserDataEntry(key, Value());
    }

    private void Each(char end, Action element)
    {
        _at++;
        Space();
        while (_text[_at] != end)
        {
            element();
            Space();
            if (_text[_at] == ',')
                _at++;
            Space();
        }

        _at++;
    }

    private UserDataNode.Scalar Scalar()
    {
        Space();
        var mark = Here;
        if (_at < _text.Length && _text[_at] is '"' or '\'')
            return new UserDataNode.Scalar(mark, Quoted(_text[_at++]), IsPlain: false);
        var start = _at;
        while (_at < _text.Length && !EndsPlain())
            _at++;
        return new UserDataNode.Scalar(mark, _text[start.._at].Trim(), IsPlain: true);
    }

    private bool EndsPlain() => _text[_at] is ',' or ']' or '}' or '\n'
        || (_text[_at] == ':' && (_at + 1 == _text.Length || _text[_at + 1] is ' ' or '\n' or ',' or '}'));

    private string Quoted(char quote)
    {
        var word = new StringBuilder();
        for (; _text[_at] != quote; _at++)
        {
            if (quote == '\'' || _text[_at] != '\\')
                word.Append(_text[_at]);
            else
                word.Append(Escaped());
        }

        _at++;
        return word.ToString();
    }

    private char Escaped()
    {
        var c = _text[++_at];
        if (c != 'u')
            return c == 'n' ? '\n' : c;
        _at += 4;
        return (char)int.Parse(_text.AsSpan(_at - 3, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    private void Space()
    {
        for (; _at < _text.Length && char.IsWhiteSpace(_text[_at]); _at++)
        {
            if (_text[_at] != '\n')
                continue;
            _line++;
            _lineStart = _at + 1;
        }
    }
}
