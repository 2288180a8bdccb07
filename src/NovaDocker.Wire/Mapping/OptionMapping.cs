using Google.Protobuf.Collections;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Wire.Mapping;

/// <summary>Container options, where they come from, and what user data was.</summary>
internal static class OptionMapping
{
    /// <summary>The options in the order of their names: equal options give equal bytes.</summary>
    public static void AddTo(this ContainerOptions options, MapField<string, V1.OptionValue> wire)
    {
        foreach (var (name, value) in options.Values)
            wire.Add(name, value.ToWire());
    }

    public static ContainerOptions ToOptions(this MapField<string, V1.OptionValue> wire) => wire.Count == 0
        ? ContainerOptions.None
        : new ContainerOptions(new EquatableMap<OptionValue>(
            wire.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.ToDomain()))));

    public static void AddTo(this EquatableMap<OptionOrigin> origins, MapField<string, V1.OptionOrigin> wire)
    {
        foreach (var (name, origin) in origins)
            wire.Add(name, origin.ToWire());
    }

    public static EquatableMap<OptionOrigin> ToOrigins(this MapField<string, V1.OptionOrigin> wire) => new(
        wire.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.ToDomain())));

    public static void AddTo(this EquatableMap<SealedValue> values, MapField<string, V1.SealedValue> wire)
    {
        foreach (var (name, value) in values)
            wire.Add(name, value.ToWire());
    }

    public static EquatableMap<SealedValue> ToSealed(this MapField<string, V1.SealedValue> wire) => new(
        wire.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.ToDomain())));

    public static V1.UserDataRecord ToWire(this UserDataRecord record)
    {
        var wire = new V1.UserDataRecord
        {
            Kind = record.Kind.ToWire(),
            Sha256 = record.Sha256,
            Bytes = record.Bytes,
        };
        wire.Notes.AddRange(record.Notes);
        return wire;
    }

    public static UserDataRecord ToDomain(this V1.UserDataRecord wire) =>
        new(wire.Kind.ToDomain(), wire.Sha256, wire.Bytes, wire.Notes.ToEquatableArray());

    public static V1.OptionView ToWire(this OptionView view) => new()
    {
        Name = view.Name,
        Value = view.Value,
        Origin = view.Origin.ToWire(),
    };

    public static OptionView ToDomain(this V1.OptionView wire) =>
        new(wire.Name, wire.Value, wire.Origin.Required().ToDomain());

    private static V1.OptionOrigin ToWire(this OptionOrigin origin) =>
        new() { Source = origin.Source.ToWire(), Key = origin.Key };

    private static OptionOrigin ToDomain(this V1.OptionOrigin wire) => new(wire.Source.ToDomain(), wire.Key);

    private static V1.OptionValue ToWire(this OptionValue value)
    {
        var wire = new V1.OptionValue();
        switch (value)
        {
            case OptionValue.Text v:
                wire.Text = v.Value;
                break;
            case OptionValue.Number v:
                wire.Number = v.Value;
                break;
            case OptionValue.Switch v:
                wire.Switch = v.Value;
                break;
            case OptionValue.Words v:
                wire.Words = new();
                wire.Words.Values.AddRange(v.Values);
                break;
            case OptionValue.Pairs v:
                wire.Pairs = new();
                v.Values.AddTo(wire.Pairs.Values);
                break;
            case OptionValue.SealedPairs v:
                wire.SealedPairs = new();
                v.Values.AddTo(wire.SealedPairs.Values);
                break;
            case OptionValue.Check v:
                wire.Check = v.Value.ToWire();
                break;
            case OptionValue.Restart v:
                wire.Restart = new() { Mode = v.Value.Mode.ToWire(), MaxRestarts = v.Value.MaxRestarts };
                break;
            default:
                throw FieldMapping.Wrong("Value", $"{value.GetType().Name} has no place on the wire.");
        }

        return wire;
    }

    private static OptionValue ToDomain(this V1.OptionValue wire) => wire.ValueCase switch
    {
        V1.OptionValue.ValueOneofCase.Text => new OptionValue.Text(wire.Text),
        V1.OptionValue.ValueOneofCase.Number => new OptionValue.Number(wire.Number),
        V1.OptionValue.ValueOneofCase.Switch => new OptionValue.Switch(wire.Switch),
        V1.OptionValue.ValueOneofCase.Words => new OptionValue.Words(wire.Words.Values.ToEquatableArray()),
        V1.OptionValue.ValueOneofCase.Pairs => new OptionValue.Pairs(wire.Pairs.Values.ToMap()),
        V1.OptionValue.ValueOneofCase.SealedPairs => new OptionValue.SealedPairs(wire.SealedPairs.Values.ToSealed()),
        V1.OptionValue.ValueOneofCase.Check => new OptionValue.Check(wire.Check.ToDomain()),
        V1.OptionValue.ValueOneofCase.Restart => new OptionValue.Restart(
            new RestartPolicy(wire.Restart.Mode.ToDomain(), wire.Restart.MaxRestarts)),
        _ => throw FieldMapping.Wrong("Value", "it is none that this version knows."),
    };
}
