using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;

namespace NovaDocker.Cli.Output;

/// <summary>An image for programs.</summary>
internal sealed record ImageRow(
    string Id, string Name, string Checksum, long SizeBytes, DateTime CreatedAt, IReadOnlyDictionary<string, string> Properties)
{
    public static ImageRow Of(ImageDescription image) => new(
        image.Id.ToString(), image.Name, image.Checksum, image.SizeBytes, image.CreatedAt.UtcDateTime, image.Properties);
}

/// <summary>A host for programs.</summary>
internal sealed record HostRow(
    string Id,
    string Name,
    string Address,
    string EngineState,
    string EngineVersion,
    string EngineAddress,
    long MemoryMb,
    long MemoryMbClaimed,
    int Vcpus,
    int VcpusClaimed,
    int Instances,
    int Steps,
    string? Problem)
{
    public static HostRow Of(HostView host) => new(
        host.Id.Value, host.Name, host.Address, EventDescription.Kebab(host.EngineState), host.EngineVersion,
        host.EngineAddress, host.MemoryMb, host.MemoryMbClaimed, host.Vcpus, host.VcpusClaimed, host.Instances, host.Steps,
        host.Problem);
}

/// <summary>What a process wrote, for programs.</summary>
internal sealed record ConsoleRow(string Id, string Text, bool Truncated);

/// <summary>A failure for programs.</summary>
/// <param name="Error">The kind, in lower case with hyphens.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Hint">What to do; null where the message says it.</param>
/// <param name="ExitCode">The command's exit code.</param>
internal sealed record FailureRow(string Error, string Message, string? Hint, int ExitCode);
