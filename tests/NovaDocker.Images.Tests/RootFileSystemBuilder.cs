using System.Formats.Tar;
using System.Text;

namespace NovaDocker.Images.Tests;

/// <summary>Builds file systems as <c>docker export</c> writes them, and entries that it never writes.</summary>
internal sealed class RootFileSystemBuilder
{
    private readonly List<byte> _bytes = [];

    /// <summary>One of a few files of all kinds.</summary>
    public static byte[] Small() => new RootFileSystemBuilder()
        .Entry("bin/", '5')
        .Entry("bin/busybox", '0', content: "program")
        .Entry("bin/sh", '1', "bin/busybox")
        .Entry("etc", '5')
        .Entry("etc/mtab", '2', "/proc/mounts")
        .Entry("dev/null", '3')
        .Entry("run/pipe", '6')
        .Build();

    /// <summary>An archive of what .NET's own writer makes of some entries.</summary>
    public static byte[] OfEntries(TarEntryFormat format, params TarEntry[] entries)
    {
        var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, format, leaveOpen: true))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }

        return bytes.ToArray();
    }

    /// <summary>Adds an entry, its fields as they are given.</summary>
    /// <param name="name">The name.</param>
    /// <param name="kind">The kind, as the header has it.</param>
    /// <param name="target">What a link refers to.</param>
    /// <param name="content">The data.</param>
    /// <param name="length">The length as the header states it; null for that of the data.</param>
    /// <param name="prefix">The beginning of the name, in the field of its own that it may have.</param>
    public RootFileSystemBuilder Entry(
        string name, char kind, string target = "", string content = "", string? length = null, string prefix = "")
    {
        var data = Encoding.UTF8.GetBytes(content);
        var header = new byte[512];
        Put(0, name);
        Put(100, "0000755\0");
        Put(124, length ?? Convert.ToString(data.Length, 8).PadLeft(11, '0'));
        Put(136, "00000000000");
        header[156] = (byte)kind;
        Put(157, target);
        Put(257, "ustar\0" + "00");
        Put(345, prefix);
        Put(148, "        ");
        Put(148, Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ");
        _bytes.AddRange(header);
        _bytes.AddRange(data);
        _bytes.AddRange(new byte[(512 - data.Length % 512) % 512]);
        return this;

        void Put(int offset, string text) => Encoding.Latin1.GetBytes(text).CopyTo(header, offset);
    }

    /// <summary>Adds what is said of the next entry: lines of <c>key=value</c>.</summary>
    public RootFileSystemBuilder Extra(params string[] records) => Entry("PaxHeaders/x", 'x', content: string.Concat(records.Select(Record)));

    /// <summary>Adds bytes as they stand.</summary>
    public RootFileSystemBuilder Raw(byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>The archive with the zeros that end it, and as many more.</summary>
    public byte[] Build(int filling = 0) => [.. _bytes, .. new byte[1024 + filling]];

    /// <summary>The archive without an end.</summary>
    public byte[] BuildOpen() => [.. _bytes];

    private static string Record(string text)
    {
        var rest = Encoding.UTF8.GetByteCount(text) + 2;
        var length = rest + 1;
        while (length != rest + length.ToString(System.Globalization.CultureInfo.InvariantCulture).Length)
            length++;
        return $"{length} {text}\n";
    }
}
