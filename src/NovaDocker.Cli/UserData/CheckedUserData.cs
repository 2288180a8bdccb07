using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;

namespace NovaDocker.Cli.UserData;

/// <summary>User data that a boot would take.</summary>
/// <param name="Record">What the history would keep of it, the notes included.</param>
/// <param name="Options">What it would set.</param>
/// <param name="Policy">The file of the policy that it was held to; null for the default.</param>
internal sealed record CheckedUserData(UserDataRecord Record, EquatableArray<OptionView> Options, string? Policy);
