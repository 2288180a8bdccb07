using System.Collections.Concurrent;
using System.Collections.Immutable;
using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Testing;

/// <summary>The calls of <see cref="IHostNetwork"/> that change or look at something.</summary>
public enum NetworkCall
{
    /// <summary><see cref="IHostNetwork.PrepareNetworkAsync"/>.</summary>
    Prepare,

    /// <summary><see cref="IHostNetwork.ReleaseNetworkAsync"/>.</summary>
    Release,

    /// <summary><see cref="IHostNetwork.PlugAsync"/>.</summary>
    Plug,

    /// <summary><see cref="IHostNetwork.UnplugAsync"/>.</summary>
    Unplug,

    /// <summary><see cref="IHostNetwork.LookAsync"/>.</summary>
    Look,

    /// <summary><see cref="IHostNetwork.RemoveAsync"/>.</summary>
    Remove,

    /// <summary><see cref="IHostNetwork.TidyBridgeAsync"/>.</summary>
    Tidy,
}

/// <summary>
/// The network devices of a host in memory. It keeps the port's contract, can be told to fail at any call, and remembers what
/// it was asked. Two operations on one port or one bridge at once are a fault of their own, which it remembers too.
/// </summary>
public sealed class FakeHostNetwork : IHostNetwork
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Device> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NetworkId> _bridges = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inHand = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(NetworkCall Call, string Subject)> _calls = [];
    private readonly ConcurrentQueue<string> _interleaved = [];
    private int _lastIndex;

    /// <summary>Bridges that were there before, by name.</summary>
    public HashSet<string> BridgesOfOthers { get; } = new(StringComparer.Ordinal);

    /// <summary>Devices that somebody else made, by name.</summary>
    public HashSet<string> DevicesOfOthers { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a namespace is there.</summary>
    public Func<string, bool> HasNamespace { get; set; } = _ => true;

    /// <summary>What happens before a call does anything; throws to fail it, waits to hold it.</summary>
    public Func<NetworkCall, string, CancellationToken, Task> Before { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>What happens after a call has done its work: where it throws, the work is done, but for a plug, which is taken back.</summary>
    public Func<NetworkCall, string, CancellationToken, Task> After { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>Asked at every call, beside the two above; so that what is to go wrong may hang on how many calls came before.</summary>
    public Func<NetworkCall, string, EngineFault?>? Script { get; set; }

    /// <summary>Why a port cannot be plugged here at all.</summary>
    public Func<Vif, string?> Problem { get; set; } = _ => null;

    /// <summary>Every call so far, with the device or bridge it was about.</summary>
    public ImmutableArray<(NetworkCall Call, string Subject)> Calls => [.. _calls];

    /// <summary>Devices and bridges that two operations were at once.</summary>
    public ImmutableArray<string> Interleaved => [.. _interleaved];

    /// <summary>The devices there are, with the namespace that each one's other end is in.</summary>
    public ImmutableSortedDictionary<string, string> Devices
    {
        get
        {
            lock (_gate)
                return _devices.ToImmutableSortedDictionary(device => device.Key, device => device.Value.Plug.Namespace);
        }
    }

    /// <summary>The bridges that were made.</summary>
    public ImmutableSortedSet<string> Bridges
    {
        get
        {
            lock (_gate)
                return [.. _bridges.Keys];
        }
    }

    /// <summary>What a device was plugged as.</summary>
    public VifPlug PlugOf(string device)
    {
        lock (_gate)
            return _devices[device].Plug;
    }

    /// <summary>A device's number, which one that is made anew does not have.</summary>
    public int IndexOf(string device)
    {
        lock (_gate)
            return _devices[device].Index;
    }

    /// <summary>Takes a device or a bridge away, as <c>ip link del</c> does.</summary>
    public void Delete(string device)
    {
        lock (_gate)
        {
            _devices.Remove(device);
            _bridges.Remove(device);
        }
    }

    /// <summary>Takes a device out of its bridge, as <c>ip link set nomaster</c> does.</summary>
    public void TakeOut(string device)
    {
        lock (_gate)
            _devices[device] = _devices[device] with { IsInBridge = false };
    }

    /// <summary>Lets a namespace go, and with it every device that had an end in it.</summary>
    public void DeleteNamespace(string path)
    {
        lock (_gate)
        {
            foreach (var (device, _) in _devices.Where(device => device.Value.Plug.Namespace == path).ToArray())
                _devices.Remove(device);
        }
    }

    /// <inheritdoc/>
    public string? ProblemWith(Vif vif) => Problem(vif);

    /// <inheritdoc/>
    public Task PrepareNetworkAsync(Vif vif, CancellationToken cancellationToken) =>
        CallAsync(NetworkCall.Prepare, vif.Bridge, () =>
        {
            Refuse(vif);
            if (vif.Type != VifTypes.Bridge || BridgesOfOthers.Contains(vif.Bridge))
                return true;
            if (!vif.Network.ShouldCreateBridge)
            {
                throw new VifException(
                    FaultCode.Invalid, $"prepare {vif.Bridge}",
                    $"network.bridge is '{vif.Bridge}', which is not there; network.should_create_bridge is not set");
            }

            return _bridges.TryAdd(vif.Bridge, vif.Network.Id);
        }, cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseNetworkAsync(Vif vif, CancellationToken cancellationToken) =>
        CallAsync(NetworkCall.Release, vif.Bridge, () => IsIdle(vif.Bridge) && _bridges.Remove(vif.Bridge), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> PlugAsync(VifPlug plug, CancellationToken cancellationToken)
    {
        var made = false;
        try
        {
            return await CallAsync(NetworkCall.Plug, plug.Vif.Device, () =>
            {
                Refuse(plug.Vif);
                if (!HasNamespace(plug.Namespace))
                    throw new VifException(FaultCode.NotFound, $"plug {plug.Vif.Device}", $"the namespace {plug.Namespace} is not there");
                _devices.TryGetValue(plug.Vif.Device, out var there);
                if (DevicesOfOthers.Contains(plug.Vif.Device)
                    || (there is not null && (there.Plug.Owner.Host != plug.Owner.Host || there.Plug.Vif.Id != plug.Vif.Id)))
                    throw new VifException(FaultCode.Conflict, $"plug {plug.Vif.Device}", $"{plug.Vif.Device} is somebody else's");
                if (there?.Plug == plug)
                {
                    _devices[plug.Vif.Device] = there with { IsInBridge = true };
                    return there.IsInBridge;
                }

                made = true;
                _devices[plug.Vif.Device] = new Device(plug, ++_lastIndex, IsInBridge: true);
                return false;
            }, cancellationToken).ConfigureAwait(false);
        }
        catch when (made)
        {
            lock (_gate)
                _devices.Remove(plug.Vif.Device);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task UnplugAsync(Vif vif, VifOwner owner, CancellationToken cancellationToken) =>
        CallAsync(NetworkCall.Unplug, vif.Device, () =>
            _devices.TryGetValue(vif.Device, out var device) && device.Plug.Owner.Host == owner.Host && _devices.Remove(vif.Device), cancellationToken);

    /// <inheritdoc/>
    public Task<HostNetworkSight> LookAsync(IReadOnlyCollection<Vif> expected, CancellationToken cancellationToken) =>
        CallAsync(NetworkCall.Look, "", () => new HostNetworkSight(
            expected.Select(vif => (vif.Id, Problem: Sight(vif))).Where(port => port.Problem is not null)
                .ToImmutableDictionary(port => port.Id, port => port.Problem!),
            [
                .. _devices.Values.Select(device => new OwnedDevice(
                    device.Plug.Vif.Device, device.Plug.Owner, device.Plug.Vif.Id, device.Plug.Vif.Type, device.Plug.Vif.Bridge,
                    device.Plug.Vif.IsHybrid)),
            ],
            [
                .. _bridges.Where(bridge => IsIdle(bridge.Key))
                    .Select(bridge => new NetworkDevice(bridge.Key, bridge.Value.ToString(), bridge.Key)),
            ]), cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(OwnedDevice device, CancellationToken cancellationToken) =>
        CallAsync(NetworkCall.Remove, device.Device, () => _devices.Remove(device.Device), cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> TidyBridgeAsync(string bridge, CancellationToken cancellationToken) =>
        CallAsync<ImmutableArray<string>>(
            NetworkCall.Tidy, bridge, () => IsIdle(bridge) && _bridges.Remove(bridge) ? [bridge] : [], cancellationToken);

    /// <inheritdoc/>
    public Task<VifCounters?> ReadCountersAsync(Vif vif, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(_devices.ContainsKey(vif.Device) ? new VifCounters(1, 2, 3, 4, 5, 6, 7, 8) : null);
    }

    private bool IsIdle(string bridge) => _devices.Values.All(device => device.Plug.Vif.Bridge != bridge || !device.IsInBridge);

    private string? Sight(Vif vif) => !_devices.TryGetValue(vif.Device, out var device) ? $"{vif.Device} is gone"
        : device.IsInBridge ? null
        : $"{vif.Device} is in no bridge; it belongs into {vif.Bridge}";

    private void Refuse(Vif vif)
    {
        if (Problem(vif) is { } problem)
            throw new VifException(FaultCode.Invalid, $"plug {vif.Device}", problem);
    }

    private async Task<T> CallAsync<T>(NetworkCall call, string subject, Func<T> work, CancellationToken cancellationToken)
    {
        _calls.Enqueue((call, subject));
        lock (_gate)
        {
            if (subject.Length > 0 && !_inHand.Add(subject))
                _interleaved.Enqueue(subject);
        }

        var fault = Script?.Invoke(call, subject) ?? EngineFault.None;

        try
        {
            await Before(call, subject, cancellationToken).ConfigureAwait(false);
            await (fault.Before?.Invoke(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            T result;
            lock (_gate)
                result = work();
            await After(call, subject, cancellationToken).ConfigureAwait(false);
            await (fault.After?.Invoke(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            return result;
        }
        finally
        {
            lock (_gate)
                _inHand.Remove(subject);
        }
    }

    private sealed record Device(VifPlug Plug, int Index, bool IsInBridge);
}
