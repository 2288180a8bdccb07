using System.Text;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Compute.ComputeProtocol;

namespace NovaDocker.Http.Requests;

/// <summary>Reads what an instance is to be: of a boot, or of a rebuild, which has the same members but for size and ports.</summary>
internal static class BootReader
{
    private const string Base64 = "base64";

    /// <summary>Reads a boot; what is wrong goes to the reader.</summary>
    /// <param name="body">The body.</param>
    /// <param name="id">The id that the instance is to have.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="host">The host it is to live on.</param>
    public static BootInstance Read(BodyReader body, InstanceId id, Caller caller, HostId host)
    {
        // Flavors may say more than a container knows; it is Nova's, and means nothing here yet.
        _ = body.TextMap("extraSpecs");
        var boot = Common(body, id, caller, body.Text("name", isRequired: true)) with
        {
            MemoryMb = body.Number("memoryMb", InstanceSpecRules.MinMemoryMb, InstanceSpecRules.MaxMemoryMb, isRequired: true) ?? 0,
            Vcpus = (int)(body.Number("vcpus", 1, InstanceSpecRules.MaxVcpus, isRequired: true) ?? 0),
            Nics = body.Objects("vifs").Select(VifReader.Read).OfType<Vif>().Select(vif => new NicRequest { Vif = vif }).ToEquatableArray(),
            HostId = host,
            IsAgain = true,
        };
        return boot with
        {
            Terms = boot.Terms with
            {
                AwaitVifs = body.Object("awaitVifs") is { } wait ? ReadWait(wait) : null,
                MustStayUp = !boot.Terms.LeavesStopped,
            },
        };
    }

    /// <summary>Reads a rebuild; what is wrong goes to the reader. Without a name it has the present one.</summary>
    /// <param name="body">The body.</param>
    /// <param name="instance">The instance as it is.</param>
    /// <param name="caller">Who asks.</param>
    public static RebuildInstance ReadRebuild(BodyReader body, InstanceView instance, Caller caller) =>
        new(Common(body, instance.Id, caller, body.Text("name") ?? instance.Name));

    private static BootInstance Common(BodyReader body, InstanceId id, Caller caller, string? name) => new(
        id, caller.Request, name ?? "", Image(body), 0, 0, body.Texts("command"), body.TextMap("environment"))
    {
        UserData = Encoding.UTF8.GetBytes(body.Text("userData") ?? ""),
        Metadata = body.TextMap("metadata"),
        PublicKey = body.Text("publicKey"),
        Token = caller.Token,
        Files =
        [
            .. body.Objects("configDrive").Select(file => ReadFile(file, $"{InstanceFile.ConfigDrive}/")).OfType<InstanceFile>(),
            .. body.Objects("injectedFiles").Select(file => ReadFile(file, "")).OfType<InstanceFile>(),
        ],
        Terms = new OperationTerms { LeavesStopped = !(body.Flag("powerOn") ?? true) },
    };

    private static string Image(BodyReader body)
    {
        var image = body.Text("image", isRequired: true);
        if (image is { Length: 0 })
            body.Fault("image", "empty", "the id or the name of an image");
        return image ?? "";
    }

    private static VifPluggingWait? ReadWait(BodyReader wait)
    {
        var seconds = wait.Number("timeoutSeconds", 1, (long)VifPluggingWait.Longest.TotalSeconds, isRequired: true);
        var isFatal = wait.Flag("isFatal", isRequired: true);
        wait.RefuseOthers();
        return seconds is { } time && isFatal is { } fatal ? new VifPluggingWait(TimeSpan.FromSeconds(time), fatal) : null;
    }

    private static InstanceFile? ReadFile(BodyReader file, string below)
    {
        var path = file.Text("path", isRequired: true);
        var content = file.Parsed("content", Decode, Base64, isRequired: true);
        file.RefuseOthers();
        return path is not null && content is not null ? new InstanceFile(below + (below.Length > 0 ? path.TrimStart('/') : path), content) : null;
    }

    private static byte[]? Decode(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
