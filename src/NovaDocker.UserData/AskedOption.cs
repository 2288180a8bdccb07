using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData;

/// <summary>An option that a document asks for, before policy and flavor have had their say.</summary>
/// <param name="Option">Its name, one of <see cref="OptionKeys"/>.</param>
/// <param name="Value">Its value.</param>
/// <param name="Mark">Where it stands.</param>
/// <param name="Path">By which key.</param>
public sealed record AskedOption(string Option, OptionValue Value, Mark Mark, string Path)
{
    /// <summary>Where each element stands, for those that come in lists and pairs, in the order of the value's.</summary>
    public IReadOnlyList<(Mark Mark, string Path)> Elements { get; init; } = [];

    /// <summary>The place of an element, or of the option where elements have none.</summary>
    public (Mark Mark, string Path) PlaceOf(int element) => element < Elements.Count ? Elements[element] : (Mark, Path);
}
