using System.Text;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Compute.ComputeProtocol;

namespace NovaDocker.Http.Requests;

/// <summary>Reads a boot.</summary>
internal static class BootReader
{
    /// <summary>Reads it; what is wrong goes to the reader.</summary>
    /// <param name="body">The body.</param>
    /// <param name="id">The id that the instance is to have.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="host">The host it is to live on.</param>
    public static BootInstance Read(BodyReader body, InstanceId id, Caller caller, HostId host)
    {
        _ = host;
        return new BootInstance(
            id,
            caller.Request,
            body.Text("name", isRequired: true) ?? "",
            body.Text("image", isRequired: true) ?? "",
            body.Number("memoryMb", InstanceSpecRules.MinMemoryMb, InstanceSpecRules.MaxMemoryMb, isRequired: true) ?? 0,
            (int)(body.Number("vcpus", 1, InstanceSpecRules.MaxVcpus, isRequired: true) ?? 0),
            body.Texts("command"),
            body.TextMap("environment"))
        {
            UserData = Encoding.UTF8.GetBytes(body.Text("userData") ?? ""),
            Metadata = body.TextMap("metadata"),
            PublicKey = body.Text("publicKey"),
            Token = caller.Token,
            Nics = body.Objects("vifs").Select(VifReader.Read).OfType<Vif>().Select(vif => new NicRequest { Vif = vif }).ToEquatableArray(),
        };
    }
}
