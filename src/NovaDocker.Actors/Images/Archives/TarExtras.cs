using System.Globalization;
using System.Text;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>
/// What the entries before an entry say of it: names that do not fit into its own block, and lengths. It counts for one
/// entry.
/// </summary>
internal sealed class TarExtras
{
    /// <summary>Length of the data of such an entry in bytes that is read.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const char Global = 'g';
    private const char Records = 'x';
    private const char LongName = 'L';
    private const char LongTarget = 'K';

    private Dictionary<string, string> _records = [];
    private string? _name;
    private string? _target;

    /// <summary>True for the kinds of entries that only say something of others.</summary>
    public static bool IsExtra(char kind) => kind is Global or Records or LongName or LongTarget;

    /// <summary>Takes in the data of such an entry.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public void Add(char kind, ReadOnlySpan<byte> data)
    {
        switch (kind)
        {
            case Records:
                _records = Parse(data);
                break;
            case LongName:
                _name = Terminated(data);
                break;
            case LongTarget:
                _target = Terminated(data);
                break;
            default:
                // What is said of all entries that follow is ignored by an Engine as well.
                break;
        }
    }

    /// <summary>The entry with what was said of it, which is forgotten by that.</summary>
    /// <exception cref="InvalidDataException">It was nonsense.</exception>
    public TarItem Apply(TarItem entry)
    {
        var whole = entry with
        {
            Name = _name ?? Record("GNU.sparse.name") ?? Record("path") ?? entry.Name,
            Target = _target ?? Record("linkpath") ?? entry.Target,
            Length = Record("size") is not { } size ? entry.Length
                : long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length
                : throw new InvalidDataException($"a length of '{ArchiveNames.Shown(size)}' is none"),
        };
        (_name, _target, _records) = (null, null, []);
        return whole;
    }

    private string? Record(string key) => _records.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

    private static string Terminated(ReadOnlySpan<byte> data)
    {
        var end = data.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? data : data[..end]);
    }

    /// <summary>Reads <c>LENGTH KEY=VALUE</c> lines; the length is that of the whole line.</summary>
    private static Dictionary<string, string> Parse(ReadOnlySpan<byte> data)
    {
        var records = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!data.IsEmpty)
        {
            var space = data.IndexOf((byte)' ');
            if (space < 1 || !int.TryParse(data[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > data.Length || data[length - 1] != (byte)'\n')
            {
                throw new InvalidDataException("an extended header is damaged");
            }

            var record = data[(space + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals < 1)
                throw new InvalidDataException("an extended header is damaged");
            records[Encoding.UTF8.GetString(record[..equals])] = Encoding.UTF8.GetString(record[(equals + 1)..]);
            data = data[length..];
        }

        return records;
    }
}
