namespace NovaDocker.Domain.Options;

/// <summary>An option of an instance's container, as a commander is shown it.</summary>
/// <param name="Name">Its name, one of <see cref="OptionKeys"/>.</param>
/// <param name="Value">Its value for people; of secrets, that there is one.</param>
/// <param name="Origin">Where it comes from.</param>
public sealed record OptionView(string Name, string Value, OptionOrigin Origin);
