using System.Collections.Immutable;
using NovaDocker.Cli.UserData;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;
using NovaDocker.UserData;
using NovaDocker.UserData.Documents;

namespace NovaDocker.Cli.Tests;

/// <summary>Documents as a reader leaves them, and a reader that finds one whatever it is given.</summary>
internal static class UserDataSamples
{
    public const string Digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    public static UserDataKit KitOf(UserDataReading reading) => UserDataKit.OfThisMachine with
    {
        Read = _ => reading,
    };

    public static UserDataReading Reading(params AskedOption[] asked) => UserDataReading.Empty with
    {
        Asked = asked.ToImmutableSortedDictionary(option => option.Option, option => option, StringComparer.Ordinal),
    };

    public static AskedOption Asked(string option, OptionValue value, int line, string path) =>
        new(option, value, new Mark(line, 3), path);

    public static UserDataFault Fault(int line, string path, string problem) => new(new Mark(line, 3), path, problem);

    public static EquatableMap<string> Pairs(string name, string value) => new([KeyValuePair.Create(name, value)]);
}
