namespace NovaDocker.Domain.Instances;

/// <summary>A file that is to be in an instance's container.</summary>
/// <param name="Path">Its absolute path there.</param>
/// <param name="Content">Its bytes.</param>
public sealed record InstanceFile(string Path, ReadOnlyMemory<byte> Content)
{
    /// <summary>
    /// Where the files of a config drive are: the place that cloud-init looks for one in without a device
    /// (<c>DataSourceConfigDrive</c>'s seed directory).
    /// </summary>
    public const string ConfigDrive = "/var/lib/cloud/seed/config_drive";

    /// <inheritdoc/>
    public bool Equals(InstanceFile? other) =>
        other is not null && Path == other.Path && Content.Span.SequenceEqual(other.Content.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Content.Length);
}

/// <summary>What the journal knows of such a file.</summary>
/// <param name="Path">Its absolute path in the container.</param>
/// <param name="Sha256">The digest of its bytes, lower-case hexadecimal digits.</param>
/// <param name="Size">How many bytes.</param>
public sealed record InstanceFileRecord(string Path, string Sha256, long Size);
