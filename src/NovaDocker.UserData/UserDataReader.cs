using NovaDocker.UserData.Documents;
using NovaDocker.UserData.Options;

namespace NovaDocker.UserData;

/// <summary>Reads user data: from the bytes that Nova hands over to the options they ask for.</summary>
public static class UserDataReader
{
    /// <summary>What stands in it. Whatever the bytes are, this ends with options, guest data or faults, never with an exception.</summary>
    /// <param name="bytes">As Nova stores them: plain or base64.</param>
    public static UserDataReading Read(ReadOnlyMemory<byte> bytes)
    {
        var document = UserDataDocument.Parse(bytes.Span);
        if (document.Root is not { } root)
            return UserDataReading.Empty with { Kind = document.Kind, Faults = document.Faults };
        var options = OptionTranslator.Translate(root);
        return new UserDataReading(document.Kind, options.Asked, options.Notes, options.Faults);
    }
}
