using NovaDocker.UserData.Options.Forms;

namespace NovaDocker.UserData.Options;

/// <summary>A key of a document that sets options.</summary>
/// <param name="Name">As it is written; case matters.</param>
/// <param name="Vocabulary">Whose word it is.</param>
/// <param name="Places">Where it may stand.</param>
public sealed record UserDataKey(string Name, Vocabulary Vocabulary, KeyPlaces Places)
{
    /// <summary>Reads its value; null until the key has its row, whose form is taken then.</summary>
    internal KeyForm? Form { get; init; }

    /// <summary><c>Cmd</c>, <c>HostConfig.Binds</c>, or <c>[HostConfig.]Memory</c> for one that stands in either place.</summary>
    public override string ToString()
    {
        var mapping = Vocabulary == Vocabulary.Engine ? "HostConfig." : "host_config.";
        return Places switch
        {
            KeyPlaces.HostConfig => mapping + Name,
            KeyPlaces.Anywhere => $"[{mapping}]{Name}",
            _ => Name,
        };
    }
}
