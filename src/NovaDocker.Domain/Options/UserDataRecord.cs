using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Options;

/// <summary>What kind of thing the user data of a boot was. Numbers are on the wire and never change.</summary>
public enum UserDataKind
{
    /// <summary>Container options, in YAML or JSON.</summary>
    ContainerOptions = 1,

    /// <summary><c>#cloud-config</c>.</summary>
    CloudConfig = 2,

    /// <summary>A script: <c>#!</c>.</summary>
    Script = 3,

    /// <summary>A MIME message of several parts.</summary>
    Mime = 4,

    /// <summary>Packed by gzip.</summary>
    Gzip = 5,

    /// <summary><c>#include</c>.</summary>
    Include = 6,

    /// <summary>Another of cloud-init's formats: a boot hook, a part handler, a template.</summary>
    OtherGuestData = 7,
}

/// <summary>
/// What the history keeps of a boot's user data. The document itself is not stored: it may hold secrets. What it asked for
/// is in the options.
/// </summary>
/// <param name="Kind">What it was. All but container options are left to the metadata service.</param>
/// <param name="Sha256">Of the bytes as they came, hexadecimal, lower case.</param>
/// <param name="Bytes">How many.</param>
/// <param name="Notes">What of it was not used, and why; a sentence each.</param>
public sealed record UserDataRecord(UserDataKind Kind, string Sha256, int Bytes, EquatableArray<string> Notes)
{
    /// <summary>What it was, for people: of all but container options also that they are left to the metadata service.</summary>
    public static string Describe(UserDataKind kind) => kind switch
    {
        UserDataKind.ContainerOptions => "container options",
        UserDataKind.CloudConfig => Left("a #cloud-config document"),
        UserDataKind.Script => Left("a script for the guest"),
        UserDataKind.Mime => Left("a MIME message"),
        UserDataKind.Gzip => Left("packed by gzip"),
        UserDataKind.Include => Left("an #include list"),
        UserDataKind.OtherGuestData => Left("data for cloud-init"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of user data."),
    };

    private static string Left(string what) => $"{what}, left to the metadata service";
}
