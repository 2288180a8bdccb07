using Google.Protobuf;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Compute.ComputeProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>What a commander says to a node's door about instances and hosts.</summary>
internal static class ComputeMapping
{
    public static V1.BootInstance ToWire(this BootInstance m)
    {
        var wire = new V1.BootInstance
        {
            InstanceId = m.InstanceId.ToWire(),
            Request = m.Request.ToWire(),
            Name = m.Name,
            ImageReference = m.ImageReference,
            MemoryMb = m.MemoryMb,
            Vcpus = m.Vcpus,
            HealthCheck = m.HealthCheck?.ToWire(),
            Upkeep = m.Upkeep.ToWire(),
            RefuseIfEngineAway = m.RefuseIfEngineAway,
            UserData = ByteString.CopyFrom(m.UserData.Span),
            Terms = m.Terms.ToWire(),
            Again = m.IsAgain,
        };
        if (m.HostId is { } host)
            wire.Host = host.Value;
        wire.Files.AddRange(m.Files.Select(file => new V1.InstanceFile
        {
            Path = file.Path, Content = ByteString.CopyFrom(file.Content.Span),
        }));
        if (m.PublicKey is { } key)
            wire.PublicKey = key;
        if (m.Token is { } token)
            wire.Token = token.Value;
        wire.Command.AddRange(m.Command);
        m.Environment.AddTo(wire.Environment);
        m.Metadata.AddTo(wire.Metadata);
        wire.Nics.AddRange(m.Nics.Select(nic => nic.ToWire()));
        return wire;
    }

    public static BootInstance ToDomain(this V1.BootInstance wire) => new(
        wire.InstanceId.ToInstanceId(), wire.Request.Required().ToDomain(), wire.Name, wire.ImageReference,
        wire.MemoryMb, wire.Vcpus, wire.Command.ToEquatableArray(), wire.Environment.ToMap())
    {
        HealthCheck = wire.HealthCheck?.ToDomain(),
        Upkeep = wire.Upkeep.ToDomain(),
        RefuseIfEngineAway = wire.RefuseIfEngineAway,
        // No bytes are the default: memory compares by place, and a boot without user data equals one that came over.
        UserData = wire.UserData.IsEmpty ? default : wire.UserData.Memory,
        Metadata = wire.Metadata.ToMap(),
        PublicKey = wire.HasPublicKey ? wire.PublicKey : null,
        Token = wire.HasToken ? new RequestToken(wire.Token) : null,
        Nics = wire.Nics.Select(nic => nic.ToDomain()).ToEquatableArray(),
        HostId = wire.HasHost ? new HostId(wire.Host) : null,
        Terms = wire.Terms.ToDomain(),
        IsAgain = wire.Again,
        Files = wire.Files.Select(file => new InstanceFile(file.Path, file.Content.Memory)).ToEquatableArray(),
    };

    public static V1.ListInstances ToWire(this ListInstances q)
    {
        var wire = new V1.ListInstances { Limit = q.Limit, IncludeDeleted = q.IncludeDeleted };
        if (q.After is { } after)
            wire.After = after.ToWire();
        return wire;
    }

    public static ListInstances ToDomain(this V1.ListInstances wire) =>
        new(wire.HasAfter ? wire.After.ToInstanceId() : null, wire.Limit, wire.IncludeDeleted);

    public static V1.InstancePage ToWire(this InstancePage page)
    {
        var wire = new V1.InstancePage();
        wire.Instances.AddRange(page.Instances.Select(view => view.ToWire()));
        if (page.Next is { } next)
            wire.Next = next.ToWire();
        return wire;
    }

    public static InstancePage ToDomain(this V1.InstancePage wire) => new(
        wire.Instances.Select(view => view.ToDomain()).ToEquatableArray(),
        wire.HasNext ? wire.Next.ToInstanceId() : null);

    public static V1.ListHosts ToWire(this ListHosts _) => new();

    public static ListHosts ToDomain(this V1.ListHosts _) => new();

    public static V1.HostList ToWire(this HostList list)
    {
        var wire = new V1.HostList();
        wire.Hosts.AddRange(list.Hosts.Select(host => host.ToWire()));
        return wire;
    }

    public static HostList ToDomain(this V1.HostList wire) =>
        new(wire.Hosts.Select(host => host.ToDomain()).ToEquatableArray());

    public static V1.QueryFailed ToWire(this QueryFailed a) => new() { Fault = a.Fault.ToWire() };

    public static QueryFailed ToDomain(this V1.QueryFailed wire) => new(wire.Fault.Required().ToDomain());
}
