using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>What an image's archive is: an image as it was saved, or the file system of a container.</summary>
public enum ArchiveForm
{
    /// <summary>One of <c>docker save</c>, or in the layout of OCI: images with all that belongs to them.</summary>
    Save = 1,

    /// <summary>One of <c>docker export</c>: files, and nothing that says what to run.</summary>
    Export,
}

/// <summary>The property by which an image says what its archive is.</summary>
public static class ArchiveForms
{
    /// <summary>The name of the property.</summary>
    public const string Property = "docker_archive";

    /// <summary>Its value for <see cref="ArchiveForm.Save"/>, which is meant where it is absent.</summary>
    public const string Save = "save";

    /// <summary>Its value for <see cref="ArchiveForm.Export"/>.</summary>
    public const string Export = "export";

    /// <summary>What the image's archive is by its properties.</summary>
    /// <param name="subject">What the image is, for an error message: <c>image … ('name')</c>.</param>
    /// <param name="properties">The image's properties.</param>
    /// <exception cref="ImageStoreException">Invalid: the property has another value.</exception>
    public static ArchiveForm Of(string subject, EquatableMap<string> properties) =>
        properties.GetValueOrDefault(Property, Save) switch
        {
            Save => ArchiveForm.Save,
            Export => ArchiveForm.Export,
            var other => throw new ImageStoreException(
                FaultCode.Invalid,
                $"The property {Property} of {subject} is '{ArchiveNames.Shown(other)}'; {Save} (an archive of docker save, or "
                + $"an OCI layout) or {Export} (the file system of a container, by docker export) is expected."),
        };

    /// <summary>Reads an archive to its end and sees whether it is what the image's properties say.</summary>
    /// <param name="subject">What the archive is, for an error message: <c>image … ('name')</c>.</param>
    /// <param name="source">The archive.</param>
    /// <param name="properties">The image's properties.</param>
    /// <param name="selection">Which image is wanted.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <exception cref="ImageStoreException">Invalid or NoCapacity: it is not, and why.</exception>
    public static Task InspectAsync(
        string subject,
        Stream source,
        EquatableMap<string> properties,
        ArchiveSelection selection,
        CancellationToken cancellationToken) =>
        Of(subject, properties) == ArchiveForm.Save
            ? DockerArchive.InspectAsync(subject, source, selection, cancellationToken)
            : RootFileSystemArchive.InspectAsync(subject, source, selection, cancellationToken);
}
