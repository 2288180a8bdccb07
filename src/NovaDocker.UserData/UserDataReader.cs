namespace NovaDocker.UserData;

/// <summary>Reads user data.</summary>
public static class UserDataReader
{
    /// <summary>What stands in it. Never fails.</summary>
    public static UserDataReading Read(ReadOnlyMemory<byte> bytes) => UserDataReading.Empty;
}
