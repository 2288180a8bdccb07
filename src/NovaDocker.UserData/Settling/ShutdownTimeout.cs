using System.Globalization;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Options;

namespace NovaDocker.UserData.Settling;

/// <summary>
/// Nova's image property <c>os_shutdown_timeout</c>: the seconds that an instance of the image is given to end by itself, before it
/// is killed.
/// </summary>
internal static class ShutdownTimeout
{
    /// <summary>The property.</summary>
    public const string Property = "os_shutdown_timeout";

    /// <summary>The option that it is; null where the image does not have it, or where it cannot be, which is a fault.</summary>
    public static OptionValue? Of(EquatableMap<string> imageProperties, List<UserDataFault> faults)
    {
        if (!imageProperties.TryGetValue(Property, out var text))
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= OptionTable.LongestStop)
            return new OptionValue.Number(seconds);
        faults.Add(new UserDataFault(
            null, $"image property {Property}", $"is '{text}'; seconds from 1 to {OptionTable.LongestStop} are expected."));
        return null;
    }
}
