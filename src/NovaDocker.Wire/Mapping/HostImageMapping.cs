using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using static NovaDocker.Domain.Compute.ComputeProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>What is said of the images in the hosts' Engines.</summary>
internal static class HostImageMapping
{
    public static V1.HostPullImage ToWire(this HostProtocol.PullImage m)
    {
        var wire = new V1.HostPullImage { HostId = m.HostId.Value, Request = m.Request.ToWire(), Reference = m.Reference };
        if (m.Token is { } token)
            wire.Token = token.Value;
        return wire;
    }

    public static HostProtocol.PullImage ToDomain(this V1.HostPullImage wire) =>
        new(new HostId(wire.HostId), wire.Request.Required().ToDomain(), wire.Reference)
        {
            Token = wire.HasToken ? new RequestToken(wire.Token) : null,
        };

    public static V1.ImagePull ToWire(this HostProtocol.ImagePull m)
    {
        var wire = new V1.ImagePull
        {
            HostId = m.HostId.Value,
            State = m.State.ToWire(),
            Name = m.Name,
            Progress = m.Progress?.ToWire(),
            Fault = m.Fault?.ToWire(),
            RefusalReason = m.RefusalReason,
        };
        if (m.ImageId is { } image)
            wire.ImageId = image.ToWire();
        if (m.Refusal is { } refusal)
            wire.Refusal = refusal.ToWire();
        return wire;
    }

    public static HostProtocol.ImagePull ToDomain(this V1.ImagePull wire) => new(
        new HostId(wire.HostId), wire.State.ToDomain(), wire.HasImageId ? wire.ImageId.ToImageId() : null, wire.Name)
    {
        Progress = wire.Progress?.ToDomain(),
        Fault = wire.Fault?.ToDomain(),
        Refusal = wire.HasRefusal ? wire.Refusal.ToDomain() : null,
        RefusalReason = wire.RefusalReason,
    };

    public static V1.HostCollectImages ToWire(this HostProtocol.CollectImages m)
    {
        var wire = new V1.HostCollectImages { HostId = m.HostId.Value, DryRun = m.DryRun };
        wire.Kept.AddRange(m.Kept.Select(image => image.ToWire()));
        return wire;
    }

    public static HostProtocol.CollectImages ToDomain(this V1.HostCollectImages wire) =>
        new(new HostId(wire.HostId), wire.DryRun) { Kept = wire.Kept.Select(image => image.ToImageId()).ToEquatableArray() };

    public static V1.HostImages ToWire(this HostProtocol.HostImages m)
    {
        var wire = new V1.HostImages { HostId = m.HostId.Value, Omitted = m.Omitted };
        wire.Images.AddRange(m.Images.Select(ToWire));
        if (m.Disk is { } disk)
            wire.Disk = disk.ToWire();
        if (m.Problem is { } problem)
            wire.Problem = problem;
        return wire;
    }

    public static HostProtocol.HostImages ToDomain(this V1.HostImages wire) => new(
        new HostId(wire.HostId), wire.Images.Select(ToDomain).ToEquatableArray(), wire.Omitted,
        wire.Disk?.ToDomain(),
        wire.HasProblem ? wire.Problem : null);

    public static V1.DiskUse ToWire(this DiskUse disk) =>
        new() { Path = disk.Path, TotalBytes = disk.TotalBytes, FreeBytes = disk.FreeBytes };

    public static DiskUse ToDomain(this V1.DiskUse wire) => new(wire.Path, wire.TotalBytes, wire.FreeBytes);

    public static V1.PullImage ToWire(this PullImage m)
    {
        var wire = new V1.PullImage { Request = m.Request.ToWire(), ImageReference = m.ImageReference };
        if (m.HostId is { } host)
            wire.HostId = host.Value;
        if (m.Token is { } token)
            wire.Token = token.Value;
        return wire;
    }

    public static PullImage ToDomain(this V1.PullImage wire) => new(
        wire.Request.Required().ToDomain(), wire.ImageReference, wire.HasHostId ? new HostId(wire.HostId) : null)
    {
        Token = wire.HasToken ? new RequestToken(wire.Token) : null,
    };

    public static V1.ImagePullReport ToWire(this ImagePullReport m)
    {
        var wire = new V1.ImagePullReport();
        wire.Hosts.AddRange(m.Hosts.Select(host => host.ToWire()));
        return wire;
    }

    public static ImagePullReport ToDomain(this V1.ImagePullReport wire) =>
        new(wire.Hosts.Select(host => host.ToDomain()).ToEquatableArray());

    public static V1.CollectImages ToWire(this CollectImages m)
    {
        var wire = new V1.CollectImages { DryRun = m.DryRun };
        if (m.HostId is { } host)
            wire.HostId = host.Value;
        wire.Kept.AddRange(m.Kept.Select(image => image.ToWire()));
        return wire;
    }

    public static CollectImages ToDomain(this V1.CollectImages wire) =>
        new(wire.HasHostId ? new HostId(wire.HostId) : null, wire.DryRun)
        {
            Kept = wire.Kept.Select(image => image.ToImageId()).ToEquatableArray(),
        };

    public static V1.HostImagesReport ToWire(this HostImagesReport m)
    {
        var wire = new V1.HostImagesReport();
        wire.Hosts.AddRange(m.Hosts.Select(host => host.ToWire()));
        return wire;
    }

    public static HostImagesReport ToDomain(this V1.HostImagesReport wire) =>
        new(wire.Hosts.Select(host => host.ToDomain()).ToEquatableArray());

    public static V1.GetImageHistory ToWire(this GetImageHistory q)
    {
        var wire = new V1.GetImageHistory { HostId = q.HostId.Value, AfterSequence = q.AfterSequence, Limit = q.Limit };
        if (q.Image is { } image)
            wire.Image = image;
        return wire;
    }

    public static GetImageHistory ToDomain(this V1.GetImageHistory wire) =>
        new(new HostId(wire.HostId), wire.HasImage ? wire.Image : null, wire.AfterSequence, wire.Limit);

    public static V1.ImageHistoryPage ToWire(this ImageHistoryPage page)
    {
        var wire = new V1.ImageHistoryPage { HostId = page.HostId.Value };
        wire.Entries.AddRange(page.Entries.Select(ToWire));
        return wire;
    }

    public static ImageHistoryPage ToDomain(this V1.ImageHistoryPage wire) =>
        new(new HostId(wire.HostId), wire.Entries.Select(ToDomain).ToEquatableArray());

    private static V1.HostImageView ToWire(HostImageView view)
    {
        var wire = new V1.HostImageView
        {
            ImageId = view.ImageId.ToWire(),
            Name = view.Name,
            EngineImageId = view.EngineImageId,
            Bytes = view.Bytes,
            Instances = view.Instances,
            Fate = view.Fate.ToWire(),
            FreedBytes = view.FreedBytes,
            Why = view.Why,
        };
        if (view.LoadedAt is { } loaded)
            wire.LoadedAt = loaded.ToWire();
        if (view.LastUsed is { } used)
            wire.LastUsed = used.ToWire();
        if (view.Reason is { } reason)
            wire.Reason = reason.ToWire();
        return wire;
    }

    private static HostImageView ToDomain(V1.HostImageView wire) => new(
        wire.ImageId.ToImageId(), wire.Name, wire.EngineImageId, wire.Bytes, wire.HasLoadedAt ? wire.LoadedAt.ToTime() : null,
        wire.HasLastUsed ? wire.LastUsed.ToTime() : null, wire.Instances, wire.Fate.ToDomain(),
        wire.HasReason ? wire.Reason.ToDomain() : null, wire.FreedBytes, wire.Why);

    private static V1.ImageHistoryEntry ToWire(ImageHistoryEntry entry)
    {
        var wire = new V1.ImageHistoryEntry
        {
            Sequence = entry.Sequence,
            EventId = entry.EventId.ToWire(),
            OccurredAt = entry.OccurredAt.ToWire(),
            Event = entry.Event,
            Kind = entry.Kind.ToWire(),
            Outcome = entry.Outcome.ToWire(),
            Host = entry.Host.Value,
            ImageId = entry.ImageId.ToWire(),
            ImageName = entry.ImageName,
        };
        entry.Data.AddTo(wire.Data);
        return wire;
    }

    private static ImageHistoryEntry ToDomain(V1.ImageHistoryEntry wire) => new(
        wire.Sequence, wire.EventId.ToGuid(), wire.OccurredAt.ToTime(), wire.Event, wire.Kind.ToDomain(),
        wire.Outcome.ToDomain(), new HostId(wire.Host), wire.ImageId.ToImageId(), wire.ImageName, wire.Data.ToMap());
}
