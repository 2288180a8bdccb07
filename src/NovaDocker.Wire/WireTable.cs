using System.Collections.Frozen;
using NovaDocker.Domain.Common;

namespace NovaDocker.Wire;

/// <summary>
/// All that may cross a process border or lie in the journal. Reading goes from manifest to row and nowhere else: no
/// bytes received can name a type.
/// </summary>
internal sealed class WireTable
{
    /// <summary>
    /// The most bytes of one message, both ways. It is far above what any message takes (a frame of the remoting holds
    /// 128,000, an event a few hundred) and keeps damaged or hostile rows of a journal from being parsed at all.
    /// </summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>The table in use.</summary>
    public static readonly WireTable Current = new(WireRows.All);

    private readonly FrozenDictionary<Type, WireRow> _byType;
    private readonly FrozenDictionary<string, WireRow> _byManifest;

    /// <exception cref="ArgumentException">A type or a manifest has two rows.</exception>
    public WireTable(IReadOnlyCollection<WireRow> rows)
    {
        Rows = rows;
        _byType = new Dictionary<Type, WireRow>(rows.Select(row => KeyValuePair.Create(row.Type, row)))
            .ToFrozenDictionary();
        _byManifest = new Dictionary<string, WireRow>(
            rows.Select(row => KeyValuePair.Create(row.Manifest, row)), StringComparer.Ordinal)
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    public IReadOnlyCollection<WireRow> Rows { get; }

    /// <summary>The manifest of a message.</summary>
    /// <exception cref="WireFormatException">It has no row.</exception>
    public string Manifest(object message) => RowOf(message).Manifest;

    /// <summary>The bytes of a message.</summary>
    /// <exception cref="WireFormatException">It has no row, holds what may not be written, or is too big.</exception>
    public byte[] Encode(object message)
    {
        var row = RowOf(message);
        var bytes = row.Encode((IWireMessage)message);
        RefuseOversize(row.Manifest, bytes);
        return bytes;
    }

    /// <summary>The message that the bytes hold.</summary>
    /// <exception cref="WireFormatException">No row has the manifest, or the bytes are no such message.</exception>
    public IWireMessage Decode(byte[] bytes, string manifest)
    {
        if (!_byManifest.TryGetValue(manifest, out var row))
            throw new WireFormatException(Quoted(manifest), null, "no message goes by this manifest.");
        RefuseOversize(manifest, bytes);
        return row.Decode(bytes);
    }

    private WireRow RowOf(object message) => _byType.TryGetValue(message.GetType(), out var row)
        ? row
        : throw new WireFormatException(message.GetType().Name, null, "the type is not in the wire table.");

    private static void RefuseOversize(string manifest, byte[] bytes)
    {
        if (bytes.Length > MaxBytes)
            throw new WireFormatException(manifest, null, $"{bytes.Length} bytes are more than the {MaxBytes} allowed.");
    }

    /// <summary>A manifest from outside as it may stand in a log: short, and on one line.</summary>
    private static string Quoted(string manifest)
    {
        const int Shown = 80;
        var text = new string([.. manifest.Take(Shown).Select(c => char.IsControl(c) ? '?' : c)]);
        return $"'{text}{(manifest.Length > Shown ? "…" : "")}'";
    }
}
