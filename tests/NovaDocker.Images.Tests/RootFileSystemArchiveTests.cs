using System.Formats.Tar;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Images.Archives;
using NovaDocker.Domain.Common;

namespace NovaDocker.Images.Tests;

/// <summary>File systems of containers: what goes through, and what is refused.</summary>
public sealed class RootFileSystemArchiveTests
{
    private static readonly string Long = string.Join('/', Enumerable.Repeat(new string('d', 60), 5));

    [Fact]
    public async Task Every_byte_of_the_entries_goes_through_as_it_is_and_the_filling_does_not()
    {
        var plain = RootFileSystemBuilder.Small();

        Assert.Equal(plain, (await CopyAsync(plain)).Copy);
        Assert.Equal(plain, (await CopyAsync([.. plain, .. new byte[9216]])).Copy);
        Assert.Equal(plain, (await CopyAsync([.. plain, .. "whatever follows"u8])).Copy);
        Assert.Equal(7, (await CopyAsync(plain)).Entries);
    }

    [Fact]
    public async Task It_may_be_packed_and_comes_out_plain()
    {
        var plain = RootFileSystemBuilder.Small();

        Assert.Equal(plain, (await CopyAsync(ArchiveBuilder.Gzip(plain))).Copy);
        Assert.Equal(plain, (await CopyAsync(Packed.Zstd(plain))).Copy);
    }

    [Theory]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.V7)]
    public async Task Every_format_of_tar_is_read(TarEntryFormat format)
    {
        TarEntry file = format switch
        {
            TarEntryFormat.Pax => new PaxTarEntry(
                TarEntryType.RegularFile, Long, [KeyValuePair.Create("SCHILY.xattr.security.capability", "\u0001cap")]),
            TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, Long),
            TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, $"{Long[..150]}/{Long[..99]}"),
            _ => new V7TarEntry(TarEntryType.V7RegularFile, "file"),
        };
        file.DataStream = new MemoryStream(new byte[100_000]);
        TarEntry link = format switch
        {
            TarEntryFormat.Pax => new PaxTarEntry(TarEntryType.SymbolicLink, "l") { LinkName = "/" + Long },
            TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.SymbolicLink, "l") { LinkName = "../../" + Long },
            TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.SymbolicLink, "l") { LinkName = "../.." },
            _ => new V7TarEntry(TarEntryType.SymbolicLink, "l") { LinkName = "/" },
        };
        var archive = RootFileSystemBuilder.OfEntries(format, file, link);

        var (copy, entries) = await CopyAsync(archive);

        Assert.Equal(archive, copy);
        Assert.Equal(2, entries);
    }

    [Fact]
    public async Task Header_of_all_that_follows_is_passed_over()
    {
        var archive = new RootFileSystemBuilder()
            .Entry("g", 'g', content: "18 path=../evil\n\n").Entry("a", '0', content: "x").Build();

        Assert.Equal((archive.Length, 1), ((await CopyAsync(archive)).Copy.Length, (await CopyAsync(archive)).Entries));
    }

    public static TheoryData<string, byte[]> Refused() => new()
    {
        { "it is empty", [] },
        { "it is empty", new byte[1024] },
        { "not a tar archive at all", "hello"u8.ToArray() },
        { "not a tar archive at all", [.. Enumerable.Repeat((byte)'x', 5000)] },
        { "packed with xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0] },
        { "the zeros that end a tar are missing", new RootFileSystemBuilder().Entry("a", '0').BuildOpen() },
        { "the zeros that end a tar are missing", [.. new RootFileSystemBuilder().Entry("a", '0').BuildOpen(), .. new byte[512]] },
        {
            "a block of zeros is in the middle",
            new RootFileSystemBuilder().Entry("a", '0').Raw(new byte[512]).Entry("b", '0').Build()
        },
        { "'/etc/passwd' has an absolute path", new RootFileSystemBuilder().Entry("/etc/passwd", '0').Build() },
        { "has '..' in its path", new RootFileSystemBuilder().Entry("../etc/passwd", '0').Build() },
        { "has '..' in its path", new RootFileSystemBuilder().Entry("a/../b", '0').Build() },
        { "has '..' in its path", new RootFileSystemBuilder().Entry("a/..", '5').Build() },
        { "has '..' in its path", new RootFileSystemBuilder().Entry("b", '0', prefix: "a/..").Build() },
        { "has '..' in its path", new RootFileSystemBuilder().Extra("path=../evil").Entry("good", '0').Build() },
        { "has '..' in its path", new RootFileSystemBuilder().Extra("path=good", "GNU.sparse.name=../evil").Entry("good", '0').Build() },
        { "has '..' in its path", new RootFileSystemBuilder().Entry("x", 'L', content: "../evil\0").Entry("good", '0').Build() },
        { "has an absolute path", new RootFileSystemBuilder().Extra("path=/evil").Entry("good", '0').Build() },
        { "has a NUL in its path", new RootFileSystemBuilder().Extra("path=good\0evil").Entry("good", '0').Build() },
        { "the target of its link 'h', '../x', has '..'", new RootFileSystemBuilder().Entry("h", '1', "../x").Build() },
        { "the target of its link 'h', '/x', has an absolute", new RootFileSystemBuilder().Entry("h", '1', "/x").Build() },
        { "has '..' in its path", new RootFileSystemBuilder().Extra("linkpath=../x").Entry("h", '1', "x").Build() },
        { "has '..' in its path", new RootFileSystemBuilder().Entry("x", 'K', content: "../x\0").Entry("h", '1', "x").Build() },
        { "is of the kind '7', which an Engine cannot unpack", new RootFileSystemBuilder().Entry("c", '7').Build() },
        { "is of the kind 'S'", new RootFileSystemBuilder().Entry("s", 'S').Build() },
        { "is of the kind 'V'", new RootFileSystemBuilder().Entry("v", 'V').Build() },
        { "is of the kind 'M'", new RootFileSystemBuilder().Entry("m", 'M').Build() },
        { "a header's sum or length is wrong", Spoilt(at: 0) },
        { "a header's sum or length is wrong", new RootFileSystemBuilder().Entry("a", '0').Entry("b", '0', length: "9").Build() },
        { "a header's sum or length is wrong", new RootFileSystemBuilder().Entry("a", '0', length: "\u00ff\u00ff\u00ff").Build() },
        { "bytes are missing", new RootFileSystemBuilder().Entry("a", '0', length: "77777777777").Build() },
        { "bytes is none", new RootFileSystemBuilder().Entry("a", '0', length: "\u0080\0\0\0\u007f\u00ff").Build() },
        { "a length of '-1' is none", new RootFileSystemBuilder().Extra("size=-1").Entry("a", '0').Build() },
        { "a length of '9e9' is none", new RootFileSystemBuilder().Extra("size=9e9").Entry("a", '0').Build() },
        { "bytes are missing", new RootFileSystemBuilder().Extra("size=2000").Entry("a", '0', content: "x").Build() },
        { "the header of an entry is longer than", new RootFileSystemBuilder().Entry("x", 'x', length: "77777777777").Build() },
        { "an extended header is damaged", new RootFileSystemBuilder().Entry("x", 'x', content: "999 path=a\n").Build() },
        { "an extended header is damaged", new RootFileSystemBuilder().Entry("x", 'x', content: "path=a\n").Build() },
        { "an extended header is damaged", new RootFileSystemBuilder().Entry("x", 'x', content: "10 nothing\n").Build() },
        { "leave out docker_archive=export", ArchiveBuilder.Saved("busybox:1") },
        { "leave out docker_archive=export", new OciBuilder().Build("{}") },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task What_is_no_file_system_is_refused_with_the_reason_and_its_copy_has_no_end(string reason, byte[] archive)
    {
        var copy = new MemoryStream();

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => RootFileSystemArchive.CopyAsync(
            "image 1", new MemoryStream(archive), copy, new ArchiveSelection("a"), () => { }, default));

        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.StartsWith("The archive of image 1 is refused: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.True(copy.Length == 0 || copy.ToArray().AsSpan()[^Math.Min(1024, (int)copy.Length)..].ContainsAnyExcept((byte)0));
    }

    [Fact]
    public async Task Name_that_says_twice_what_it_is_is_taken_as_an_Engine_takes_it()
    {
        var cut = new RootFileSystemBuilder().Entry("x", 'L', content: "a/..b\0").Entry("a/..", '0').Build();

        Assert.Equal(1, (await CopyAsync(cut)).Entries);
    }

    [Fact]
    public async Task Extras_count_for_one_entry()
    {
        var archive = new RootFileSystemBuilder()
            .Extra("size=3", "path=first").Entry("x", '0', content: "abc").Entry("second", '0', content: "x").Build();

        Assert.Equal(2, (await CopyAsync(archive)).Entries);
    }

    [Fact]
    public async Task File_system_that_has_a_manifest_json_of_its_own_is_one()
    {
        var archive = new RootFileSystemBuilder().Entry("./manifest.json", '0', content: "{}").Entry("./app", '0').Build();

        Assert.Equal(2, (await CopyAsync(archive)).Entries);
    }

    [Fact]
    public async Task More_entries_than_may_be_are_refused_while_they_come()
    {
        var entry = new RootFileSystemBuilder().Entry("a", '0').BuildOpen();
        var endless = new RepeatingStream(entry);

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => RootFileSystemArchive.InspectAsync(
            "image 1", endless, new ArchiveSelection("a"), default));

        Assert.Contains($"more than {RootFileSystemArchive.MaxEntries} entries", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_bytes_than_may_be_are_refused_for_want_of_room()
    {
        var bomb = ArchiveBuilder.Gzip(RootFileSystemBuilder.OfEntries(
            TarEntryFormat.Pax, new PaxTarEntry(TarEntryType.RegularFile, "zeros") { DataStream = new MemoryStream(new byte[8 << 20]) }));

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => RootFileSystemArchive.InspectAsync(
            "image 1", new MemoryStream(bomb), new ArchiveSelection("a") { MaxUnpackedBytes = 1 << 20 }, default));

        Assert.Equal(FaultCode.NoCapacity, error.Code);
    }

    private static byte[] Spoilt(int at)
    {
        var archive = RootFileSystemBuilder.Small();
        archive[at] ^= 1;
        return archive;
    }

    private static async Task<(byte[] Copy, int Entries)> CopyAsync(byte[] archive)
    {
        var copy = new MemoryStream();
        var entries = await RootFileSystemArchive.CopyAsync(
            "image 1", new MemoryStream(archive), copy, new ArchiveSelection("a"), () => { }, default);
        return (copy.ToArray(), entries);
    }
}
