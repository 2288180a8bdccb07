using System.Text;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Instances;

/// <summary>How much text a spec holds, by what holds it: a spec is an event and stays small.</summary>
internal static class InstanceSpecSize
{
    /// <summary>The bytes of each part, in UTF-8; parts that hold nothing are left out.</summary>
    public static IReadOnlyList<(string Part, int Bytes)> Of(InstanceSpec spec) =>
    [
        .. new[]
        {
            ("command", Sum(spec.Command)),
            ("health check", Sum(spec.HealthCheck?.Command ?? [])),
            ("env", Sum(spec.Environment)),
            ("options", spec.Options.Values.Sum(option => Bytes(option.Key) + Bytes(option.Value))),
            ("origins", spec.Origins.Sum(origin => Bytes(origin.Key) + Bytes(origin.Value.Key))),
            ("notes on the user data", Sum(spec.UserData?.Notes ?? [])),
            ("public key", Bytes(spec.PublicKey ?? "")),
            ("ports", spec.Vifs.Sum(VifSize.Of)),
            ("files", spec.Files.Sum(file => Bytes(file.Path) + DigestBytes)),
        }.Where(part => part.Item2 > 0),
    ];

    /// <summary>A digest of SHA-256 and a length.</summary>
    private const int DigestBytes = 40;

    private static int Bytes(OptionValue value) => value switch
    {
        OptionValue.Text v => Bytes(v.Value),
        OptionValue.Number => sizeof(long),
        OptionValue.Switch => sizeof(bool),
        OptionValue.Words v => Sum(v.Values),
        OptionValue.Pairs v => v.Values.Sum(pair => Bytes(pair.Key) + Bytes(pair.Value)),
        OptionValue.SealedPairs v => Sum(v.Values),
        OptionValue.Check v => Sum(v.Value.Command),
        OptionValue.Restart => sizeof(int),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "An option has no such value."),
    };

    private static int Sum(IEnumerable<string> words) => words.Sum(Bytes);

    private static int Sum(EquatableMap<SealedValue> values) =>
        values.Sum(entry => Bytes(entry.Key) + entry.Value.Ciphertext.Length);

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
