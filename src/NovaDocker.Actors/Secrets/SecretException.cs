namespace NovaDocker.Actors.Secrets;

/// <summary>A secret cannot be opened, or the key to it cannot be had.</summary>
public sealed class SecretException : Exception
{
    /// <summary>Makes one.</summary>
    public SecretException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
