namespace NovaDocker.Domain.Options;

/// <summary>The name of a container option together with the form of its value.</summary>
/// <param name="Name">As <c>docker run</c> names it, without the hyphens before it: <c>shm-size</c>.</param>
/// <typeparam name="TValue">The form.</typeparam>
public sealed record OptionKey<TValue>(string Name)
    where TValue : OptionValue
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
