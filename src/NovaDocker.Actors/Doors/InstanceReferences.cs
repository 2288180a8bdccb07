using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.UserData;
using NovaDocker.UserData.Settling;

namespace NovaDocker.Actors.Doors;

/// <summary>
/// Finds the instances that user data names: by id, or by a name that one instance of the same project alone has. Nobody
/// learns of the instances of another project.
/// </summary>
internal sealed class InstanceReferences(InstanceListing listing)
{
    private const string Unknown = "no instance of this project has that name or id.";

    /// <summary>What each name in the boot's user data means.</summary>
    public async Task<EquatableMap<HostProtocol.InstanceReference>> FindAsync(ComputeProtocol.BootInstance boot)
    {
        if (boot.UserData.IsEmpty || ReferenceRules.Names(UserDataReader.Read(boot.UserData)) is not { Count: > 0 } names)
            return EquatableMap<HostProtocol.InstanceReference>.Empty;
        var project = boot.Request.Initiator.ProjectId;
        var instances = (await ListAsync().ConfigureAwait(false)).Where(view => view.ProjectId == project).ToList();
        return new EquatableMap<HostProtocol.InstanceReference>(
            names.Select(name => KeyValuePair.Create(name, Find(name, instances))));
    }

    private async Task<List<InstanceView>> ListAsync()
    {
        var all = new List<InstanceView>();
        InstanceId? after = null;
        do
        {
            var page = await listing.ListAsync(
                new ComputeProtocol.ListInstances(after, ComputeProtocol.MaxPage, IncludeDeleted: false)).ConfigureAwait(false);
            all.AddRange(page.Instances);
            after = page.Next;
        }
        while (after is not null);

        return all;
    }

    private static HostProtocol.InstanceReference Find(string name, List<InstanceView> instances)
    {
        var found = InstanceId.TryParse(name, out var id)
            ? instances.Where(view => view.Id == id).ToList()
            : instances.Where(view => view.Name == name).ToList();
        return found switch
        {
            [var one] => new HostProtocol.InstanceReference(one.Id, one.Host, null),
            [] => new HostProtocol.InstanceReference(null, null, Unknown),
            _ => new HostProtocol.InstanceReference(
                null, null, $"{found.Count} instances of this project have that name; give the id of one."),
        };
    }
}
