using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>The questions about one instance, and their answers.</summary>
internal static class InstanceQueryMapping
{
    public static V1.GetInstance ToWire(this GetInstance q) => new() { InstanceId = q.InstanceId.ToWire() };

    public static GetInstance ToDomain(this V1.GetInstance wire) => new(wire.InstanceId.ToInstanceId());

    public static V1.AwaitRevision ToWire(this AwaitRevision q)
    {
        var wire = new V1.AwaitRevision
        {
            InstanceId = q.InstanceId.ToWire(),
            Revision = q.Revision,
            Patience = q.Patience.Ticks,
        };
        if (q.UntilEndOf is { } operation)
            wire.UntilEndOf = operation.ToWire();
        return wire;
    }

    public static AwaitRevision ToDomain(this V1.AwaitRevision wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Revision, TimeSpan.FromTicks(wire.Patience))
        {
            UntilEndOf = wire.HasUntilEndOf ? wire.UntilEndOf.ToOperationId() : null,
        };

    public static V1.GetConsoleOutput ToWire(this GetConsoleOutput q) =>
        new() { InstanceId = q.InstanceId.ToWire(), Lines = q.Lines };

    public static GetConsoleOutput ToDomain(this V1.GetConsoleOutput wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Lines);

    public static V1.InstanceFound ToWire(this InstanceFound a) =>
        new() { InstanceId = a.InstanceId.ToWire(), View = a.View.ToWire() };

    public static InstanceFound ToDomain(this V1.InstanceFound wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.View.Required().ToDomain());

    public static V1.ConsoleOutput ToWire(this ConsoleOutput a) => new()
    {
        InstanceId = a.InstanceId.ToWire(),
        Text = a.Text,
        Truncated = a.Truncated,
    };

    public static ConsoleOutput ToDomain(this V1.ConsoleOutput wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Text, wire.Truncated);
}
