using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Wire.Mapping;

/// <summary>What is said of images.</summary>
internal static class ImageMapping
{
    public static V1.ResolvedImage ToWire(this ResolvedImage image)
    {
        var wire = new V1.ResolvedImage { Id = image.Id.ToWire(), Name = image.Name, Checksum = image.Checksum };
        image.Properties.AddTo(wire.Properties);
        return wire;
    }

    public static ResolvedImage ToDomain(this V1.ResolvedImage wire) => new(wire.Id.ToImageId(), wire.Name)
    {
        Checksum = wire.Checksum,
        Properties = wire.Properties.ToMap(),
    };

    public static V1.ImageDescription ToWire(this ImageDescription image)
    {
        var wire = new V1.ImageDescription
        {
            Id = image.Id.ToWire(),
            Name = image.Name,
            Checksum = image.Checksum,
            SizeBytes = image.SizeBytes,
            CreatedAt = image.CreatedAt.ToWire(),
            State = image.State.ToWire(),
            ContainerFormat = image.ContainerFormat,
            DiskFormat = image.DiskFormat,
            MinRamMb = image.MinRamMb,
            MinDiskGb = image.MinDiskGb,
            Owner = image.Owner,
            Visibility = image.Visibility,
        };
        image.Properties.AddTo(wire.Properties);
        return wire;
    }

    public static ImageDescription ToDomain(this V1.ImageDescription wire) => new(
        wire.Id.ToImageId(), wire.Name, wire.Checksum, wire.SizeBytes, wire.CreatedAt.ToTime(),
        wire.Properties.ToMap())
    {
        State = wire.State.ToDomain(),
        ContainerFormat = wire.ContainerFormat,
        DiskFormat = wire.DiskFormat,
        MinRamMb = wire.MinRamMb,
        MinDiskGb = wire.MinDiskGb,
        Owner = wire.Owner,
        Visibility = wire.Visibility,
    };

    public static V1.SnapshotTarget ToWire(this SnapshotTarget target) => new()
    {
        ImageId = target.ImageId.ToWire(),
        Name = target.Name,
        PauseContainer = target.PauseContainer,
    };

    public static SnapshotTarget ToDomain(this V1.SnapshotTarget wire) =>
        new(wire.ImageId.ToImageId(), wire.Name, wire.PauseContainer);
}
