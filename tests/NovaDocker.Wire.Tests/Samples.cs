using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Wire.Tests;

/// <summary>
/// One message or more of every type on the wire; where something may be absent, one with and one without it. Golden
/// files hold the bytes of the events and of the snapshot: a sample of those is never changed, only joined by others.
/// </summary>
public static partial class Samples
{
    private static readonly InstanceId Instance = InstanceId.Parse("6f1c2a34-5b6d-4e7f-8091-a2b3c4d5e6f7");
    private static readonly ImageId Image = new(Guid.Parse("0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9"));
    private static readonly HostId Host = new("c0ffee00-1111-4222-8333-444455556666");
    private static readonly OperationId Operation = new(Guid.Parse("11112222-3333-4444-8555-666677778888"));
    private static readonly Initiator Alice = new("3f6d7a", "9b1c2d", "nova-compute");
    private static readonly RequestContext Request = new("req-2b5f6c7d-8e9f-4a0b-9c1d-2e3f4a5b6c7d", Alice);
    private static readonly ResolvedImage Resolved = new(Image, "cirros:0.6 ünïcode");
    private static readonly FencingToken Token = new(17, Guid.Parse("99998888-7777-4666-9555-444433332222"));
    private static readonly Fault Fault = new(FaultCode.NoCapacity, "host-1 has 512 MiB left; 2048 MiB are wanted.");
    private static readonly SnapshotTarget Target = new(Image, "nightly", true);

    // Those that there were when the first golden bytes were written; the later ones are in samples of their own.
    private static readonly EquatableArray<StepKind> Steps =
        [.. Enum.GetValues<StepKind>().Where(step => step <= StepKind.ReleaseResources)];

    // 100 ns matter: the Engine's times tell one run from another.
    private static readonly DateTimeOffset Time = new DateTimeOffset(2024, 2, 29, 23, 59, 59, TimeSpan.Zero).AddTicks(1234567);
    private static readonly ContainerExit Exit = new(Time, Time.AddTicks(98765432101), 137, true);

    private static readonly InstanceSpec Spec = new(
        "web-1", 2048, 2, ["/bin/sh", "-c", "exec httpd -f"],
        Map(("PATH", new SealedValue("k1", "bm9uY2U=")), ("A", new SealedValue("k1", ""))));

    private static readonly InstanceSpec BareSpec = new("", 0, 0, [], EquatableMap<SealedValue>.Empty);

    public static IReadOnlyList<Sample> All { get; } =
    [
        .. Events(), .. Snapshots(), .. Commands(), .. Queries(), .. HostMessages(), .. ComputeMessages(),
        .. UpkeepEvents(), .. UpkeepSnapshots(), .. UpkeepMessages(),
        .. OptionEvents(), .. OptionSnapshots(), .. OptionMessages(),
        .. LedgerEvents(), .. HostImageMessages(),
        .. PortEvents(), .. PortSnapshots(), .. PortMessages(), .. NetworkMessages(),
        .. PastMessages(), .. UsageMessages(), .. KeepingMessages(),
        .. ChangeEvents(), .. ChangeSnapshots(), .. ChangeMessages(),
    ];

    /// <summary>Those that lie in the journal and the snapshot store.</summary>
    public static IReadOnlyList<Sample> Stored { get; } =
        [.. All.Where(sample => sample.Message is InstanceProtocol.InstanceEvent or InstanceSnapshot or ImageLedgerEvents.LedgerEvent)];

    public static TheoryData<string> Names => [.. All.Select(sample => sample.Name)];

    public static TheoryData<string> StoredNames => [.. Stored.Select(sample => sample.Name)];

    public static Sample Named(string name) => All.Single(sample => sample.Name == name);

    private static EquatableMap<T> Map<T>(params (string Key, T Value)[] entries)
        where T : IEquatable<T> => new(entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));
}
