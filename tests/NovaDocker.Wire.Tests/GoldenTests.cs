using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace NovaDocker.Wire.Tests;

/// <summary>
/// The bytes of everything that lies in journals, as they were when they were first written. With the environment
/// variable NOVADOCKER_ADD_GOLDEN=1 a run writes the files that are missing, for new samples. It never writes one that
/// is there: a test that fails here says that journals in the field can no longer be read or would change.
/// </summary>
public sealed class GoldenTests
{
    private static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    [Theory]
    [MemberData(nameof(Samples.StoredNames), MemberType = typeof(Samples))]
    public void Bytes_once_written_are_read_as_the_same_message(string name)
    {
        var golden = Read(name);

        var bytes = Convert.FromBase64String(golden.Base64);

        Assert.Equal(golden.Sha256, Sha256(bytes));
        Samples.Named(name).AssertSameAs(WireTable.Current.Decode(bytes, golden.Manifest));
    }

    [Theory]
    [MemberData(nameof(Samples.StoredNames), MemberType = typeof(Samples))]
    public void A_message_is_still_written_as_the_same_bytes(string name)
    {
        var golden = Read(name);
        var message = Samples.Named(name).Message;

        Assert.Equal(golden.Manifest, WireTable.Current.Manifest(message));
        Assert.Equal(golden.Base64, Convert.ToBase64String(WireTable.Current.Encode(message)));
    }

    [Fact]
    public void Every_golden_file_has_its_sample() => Assert.Equal(
        Samples.Stored.Select(sample => sample.Name).Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder(), "*.json").Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal));

    private static Golden Read(string name)
    {
        var file = Path.Combine(Folder(), name + ".json");
        if (!File.Exists(file) && Environment.GetEnvironmentVariable("NOVADOCKER_ADD_GOLDEN") == "1")
            Add(file, name);
        Assert.True(File.Exists(file), $"{file} is missing: run once with NOVADOCKER_ADD_GOLDEN=1 and commit it.");
        return JsonSerializer.Deserialize<Golden>(File.ReadAllText(file), Layout)!;
    }

    private static void Add(string path, string name)
    {
        var message = Samples.Named(name).Message;
        var bytes = WireTable.Current.Encode(message);
        var golden = new Golden(WireTable.Current.Manifest(message), Convert.ToBase64String(bytes), Sha256(bytes));
        using var file = new FileStream(path, FileMode.CreateNew);
        JsonSerializer.Serialize(file, golden, Layout);
        file.WriteByte((byte)'\n');
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "Golden");

    private sealed record Golden(string Manifest, string Base64, string Sha256);
}
