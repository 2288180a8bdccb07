using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Options;

/// <summary>The value of a container option, in one of the few forms that options have.</summary>
public abstract record OptionValue
{
    private OptionValue()
    {
    }

    /// <summary>One word or line.</summary>
    public sealed record Text(string Value) : OptionValue;

    /// <summary>A whole number; sizes are in bytes, times in seconds.</summary>
    public sealed record Number(long Value) : OptionValue;

    /// <summary>On or off.</summary>
    public sealed record Switch(bool Value) : OptionValue;

    /// <summary>Words in order.</summary>
    public sealed record Words(EquatableArray<string> Values) : OptionValue;

    /// <summary>Values by name.</summary>
    public sealed record Pairs(EquatableMap<string> Values) : OptionValue;

    /// <summary>Values by name that nobody but the container may see: as they lie in the journal.</summary>
    public sealed record SealedPairs(EquatableMap<SealedValue> Values) : OptionValue;

    /// <summary>A health check. Once settled it is <see cref="InstanceSpec.HealthCheck"/>.</summary>
    public sealed record Check(HealthCheck Value) : OptionValue;

    /// <summary>A restart policy. Once settled it is <see cref="UpkeepPolicy.Restart"/>.</summary>
    public sealed record Restart(RestartPolicy Value) : OptionValue;
}
