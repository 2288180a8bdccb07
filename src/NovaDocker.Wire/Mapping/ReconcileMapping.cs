using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Hosts.HostProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>What is said about comparing the Engine with the journal.</summary>
internal static class ReconcileMapping
{
    public static V1.ReconcileHost ToWire(this ReconcileHost m) => new() { HostId = m.HostId.Value, DryRun = m.DryRun };

    public static ReconcileHost ToDomain(this V1.ReconcileHost wire) => new(new HostId(wire.HostId), wire.DryRun);

    public static V1.HostReconciled ToWire(this HostReconciled m)
    {
        var wire = new V1.HostReconciled { HostId = m.HostId.Value, Omitted = m.Omitted };
        wire.Findings.AddRange(m.Findings.Select(ToWire));
        if (m.Problem is { } problem)
            wire.Problem = problem;
        return wire;
    }

    public static HostReconciled ToDomain(this V1.HostReconciled wire) => new(
        new HostId(wire.HostId), wire.Findings.Select(ToDomain).ToEquatableArray(), wire.Omitted,
        wire.HasProblem ? wire.Problem : null);

    public static V1.Reconcile ToWire(this Reconcile m) => new() { DryRun = m.DryRun };

    public static Reconcile ToDomain(this V1.Reconcile wire) => new(wire.DryRun);

    public static V1.ReconcileReport ToWire(this ReconcileReport m)
    {
        var wire = new V1.ReconcileReport();
        wire.Hosts.AddRange(m.Hosts.Select(host => host.ToWire()));
        return wire;
    }

    public static ReconcileReport ToDomain(this V1.ReconcileReport wire) =>
        new(wire.Hosts.Select(host => host.ToDomain()).ToEquatableArray());

    private static V1.ReconcileFinding ToWire(ReconcileFinding finding)
    {
        var wire = new V1.ReconcileFinding
        {
            Kind = finding.Kind.ToWire(),
            Subject = finding.Subject,
            Action = finding.Action.ToWire(),
            Reason = finding.Reason,
        };
        if (finding.InstanceId is { } instance)
            wire.InstanceId = instance.ToWire();
        return wire;
    }

    private static ReconcileFinding ToDomain(V1.ReconcileFinding wire) => new(
        wire.Kind.ToDomain(), wire.Subject, wire.HasInstanceId ? wire.InstanceId.ToInstanceId() : null,
        wire.Action.ToDomain(), wire.Reason);
}
