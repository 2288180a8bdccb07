using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Devices;
using NovaDocker.Adapters.Vifs.Kinds;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs;

/// <content>Plugging and unplugging.</content>
public sealed partial class HostNetwork
{
    private const string OwnNamespace = "/proc/self/ns/net";

    /// <inheritdoc/>
    public async Task<bool> PlugAsync(VifPlug plug, CancellationToken cancellationToken)
    {
        var vif = plug.Vif;
        var step = $"plug {vif.Device}";
        Check(plug, step);
        var kind = _kinds.Of(vif);
        var device = new OwnedDevice(vif.Device, plug.Owner, vif.Id, vif.Type, kind.BridgeOf(vif), vif.IsHybrid);
        var outer = new OuterEnd(plug, DeviceMark.Of(device), kind.MasterOf(vif));
        var links = await _tools.LinksAsync(step, cancellationToken).ConfigureAwait(false);
        if (links.Has(vif.Device, out var seen))
        {
            RefuseForeign(seen, vif, step);
            var inner = await _tools.LookInsideAsync(step, plug.Namespace, plug.Interface.Name, cancellationToken).ConfigureAwait(false);
            if (outer.IsPair(seen, inner))
                return await MendAsync(plug, kind, outer, seen, inner, links, cancellationToken).ConfigureAwait(false);
            var before = DeviceMark.TryParse(seen.Alias, out var marked) ? marked : device;
            await RemoveAsync(before, vif, cancellationToken).ConfigureAwait(false);
            links = await _tools.LinksAsync(step, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await MakeAsync(plug, kind, outer, device, links, cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (Exception e)
        {
            var left = await TakeBackAsync(device, vif).ConfigureAwait(false);
            if (e is VifException failure && left.Length > 0)
                throw new VifException(failure.Code, failure.Step, $"{failure.Reason}; what was made is not all taken back: {left}", e);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task UnplugAsync(Vif vif, VifOwner owner, CancellationToken cancellationToken)
    {
        var links = await _tools.LinksAsync($"unplug {vif.Device}", cancellationToken).ConfigureAwait(false);
        var kind = _kinds.Of(vif);
        var asked = new OwnedDevice(vif.Device, owner, vif.Id, vif.Type, kind.BridgeOf(vif), vif.IsHybrid);

        // How it was plugged stands above how it would be plugged now.
        var marked = OwnedAmong(links).FirstOrDefault(device => device.Port == vif.Id);
        if (marked is not null || !links.Has(vif.Device, out var link) || IsOurs(link, vif))
            await RemoveAsync(marked ?? asked, vif, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task RemoveAsync(OwnedDevice device, CancellationToken cancellationToken) => RemoveAsync(device, null, cancellationToken);

    /// <summary>What others were told of comes first: where that fails, the device stays and says so to the next attempt.</summary>
    private async Task RemoveAsync(OwnedDevice device, Vif? vif, CancellationToken cancellationToken)
    {
        var step = $"unplug {device.Device}";
        var links = await _tools.LinksAsync(step, cancellationToken).ConfigureAwait(false);
        var link = Own(links, device, vif);
        var kind = _kinds.Of(device);
        try
        {
            if (link is not null || !kind.IsConnectedBlindly)
                await kind.DisconnectAsync(device, vif, cancellationToken).ConfigureAwait(false);
        }
        catch (VifException e)
            when (e.Code is FaultCode.Unavailable or FaultCode.Invalid && !OwnedAmong(links).Any(own => own.Port == device.Port))
        {
            // Nothing here was plugged, so a switch that does not answer, or is not installed, has nothing to be told.
        }

        if (link is not null)
            await _tools.DeleteAsync(step, [link], cancellationToken).ConfigureAwait(false);
    }

    private async Task MakeAsync(
        VifPlug plug, IVifKind kind, OuterEnd outer, OwnedDevice device, HostLinks links, CancellationToken cancellationToken)
    {
        var step = $"plug {plug.Vif.Device}";
        await kind.MakeReadyAsync(plug, links, cancellationToken).ConfigureAwait(false);
        var first = kind.IsConnectedBlindly ? outer with { Mark = DeviceMark.UnfinishedOf(device) } : outer;
        await _tools.HostAsync(step, first.MakeLines(_files.HasV6), cancellationToken).ConfigureAwait(false);
        var lines = InnerSetup.Lines(plug.Interface, InnerState.Fresh with { Mtu = plug.Interface.Mtu ?? 0 });
        await _tools.InsideAsync($"set {plug.Interface.Name} of {plug.Vif.Device} up", plug.Namespace, lines, cancellationToken)
            .ConfigureAwait(false);
        await kind.ConnectAsync(plug, isMade: true, cancellationToken).ConfigureAwait(false);
        if (kind.IsConnectedBlindly)
            await _tools.HostAsync(step, [$"link set dev {plug.Vif.Device} alias \"{outer.Mark}\""], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does what is lacking to a pair that is the right one, and nothing else.</summary>
    private async Task<bool> MendAsync(
        VifPlug plug, IVifKind kind, OuterEnd outer, HostLink seen, InnerState inner, HostLinks links, CancellationToken cancellationToken)
    {
        var step = $"mend {plug.Vif.Device}";
        var isUnchanged = await kind.MakeReadyAsync(plug, links, cancellationToken).ConfigureAwait(false);
        var outside = outer.MendLines(seen);
        await _tools.HostAsync(step, outside, cancellationToken).ConfigureAwait(false);
        var inside = InnerSetup.Lines(plug.Interface, inner);
        await _tools.InsideAsync(step, plug.Namespace, inside, cancellationToken).ConfigureAwait(false);
        if (!kind.IsConnectedBlindly)
            isUnchanged &= await kind.ConnectAsync(plug, isMade: !isUnchanged, cancellationToken).ConfigureAwait(false);
        return isUnchanged && outside.Count == 0 && inside.Count == 0;
    }

    /// <summary>
    /// Takes back what a plug that failed has made. What is in the way of one part is not in that of another, so all of it is tried.
    /// </summary>
    /// <returns>What could not be taken back; empty where all was.</returns>
    private async Task<string> TakeBackAsync(OwnedDevice device, Vif vif)
    {
        var step = $"take {device.Device} back";
        var kind = _kinds.Of(device);
        HostLink? link = null;
        string[] failures =
        [
            await TryAsync(async () =>
                link = Own(await _tools.LinksAsync(step, CancellationToken.None).ConfigureAwait(false), device, vif)).ConfigureAwait(false),
            await TryAsync(() => link is null && kind.IsConnectedBlindly
                ? Task.CompletedTask
                : kind.DisconnectAsync(device, vif, CancellationToken.None)).ConfigureAwait(false),
            await TryAsync(() => _tools.DeleteAsync(step, link is null ? [] : [link], CancellationToken.None)).ConfigureAwait(false),
        ];
        return string.Join("; ", failures.Where(failure => failure.Length > 0));
    }

    private static async Task<string> TryAsync(Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
            return "";
        }
        catch (VifException e)
        {
            return e.Message;
        }
    }

    private HostLink? Own(HostLinks links, OwnedDevice device, Vif? vif) =>
        links.Find(device.Device) is { } link
        && DeviceMark.IsOf(link, _host, device.Port, vif is null ? "" : DeviceMark.OuterAddress(vif.Mac))
            ? link
            : null;

    private void RefuseForeign(HostLink seen, Vif vif, string step)
    {
        if (!IsOurs(seen, vif))
        {
            throw new VifException(
                FaultCode.Conflict, step,
                $"there is a device {seen.Name} that this host did not make for port {vif.Id}"
                + $"{(seen.Alias.Length > 0 ? $" (it says '{seen.Alias}')" : "")}; remove it, or move it out of the way");
        }
    }

    private void Check(VifPlug plug, string step)
    {
        Refuse(plug.Vif, step);
        if (VifRules.DeviceProblem("the interface's name", plug.Interface.Name) is { } problem)
            throw new VifException(FaultCode.Invalid, step, problem);
        if (!plug.Namespace.StartsWith('/') || plug.Namespace.Any(letter => char.IsWhiteSpace(letter) || letter is '"' or '\\' or '#'))
            throw new VifException(FaultCode.Invalid, step, $"the namespace is '{plug.Namespace}'; an absolute path without spaces is expected");
        if (!File.Exists(plug.Namespace))
            throw new VifException(FaultCode.NotFound, step, $"the namespace {plug.Namespace} is not there; its container does not run");
        // The process may have ended, and its id be another's by now.
        if (new FileInfo(plug.Namespace).LinkTarget is { } target && target == new FileInfo(OwnNamespace).LinkTarget)
            throw new VifException(FaultCode.Conflict, step, $"the namespace {plug.Namespace} is the host's own, which no port is plugged into");
    }
}
