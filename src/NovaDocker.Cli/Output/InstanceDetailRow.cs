using NovaDocker.Domain.Instances;

namespace NovaDocker.Cli.Output;

/// <summary>One instance for programs, with what a list leaves out.</summary>
internal sealed record InstanceDetailRow : InstanceRow
{
    private readonly InstanceView _view;

    public InstanceDetailRow(InstanceView view)
        : base(view) => _view = view;

    /// <summary>The options of its container; a name comes twice where the image adds to what was asked for.</summary>
    public IReadOnlyList<OptionViewRow> Options => [.. _view.Options.Select(OptionViewRow.Of)];

    /// <summary>Its ports, in the order in which it got them.</summary>
    public IReadOnlyList<PortRow> Ports => [.. _view.Ports.Select(PortRow.Of)];

    /// <summary>The container that owns its network namespace; null where it has none.</summary>
    public string? SandboxId => _view.SandboxId;

    /// <summary>True while its sandbox is believed to run.</summary>
    public bool SandboxUp => _view.IsSandboxUp;

    /// <summary>Memory before a resize that is neither confirmed nor taken back, MiB; null where there is none.</summary>
    public long? MemoryMbBefore => _view.OtherSize?.MemoryMb;

    /// <summary>Processors before that; null where there is none.</summary>
    public int? VcpusBefore => _view.OtherSize?.Vcpus;

    /// <summary>The rescue container; null where there is none.</summary>
    public string? RescueContainerId => _view.Rescue?.ContainerId;

    /// <summary>What its user data was; null where it had none.</summary>
    public UserDataRecordRow? UserData => _view.UserData is { } record ? UserDataRecordRow.Of(record) : null;
}
