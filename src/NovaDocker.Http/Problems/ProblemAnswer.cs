using NovaDocker.Domain.Common;

namespace NovaDocker.Http.Problems;

/// <summary>A problem as it is answered (RFC 9457).</summary>
/// <param name="Type"><c>urn:novadocker:</c> and the code.</param>
/// <param name="Title">The kind of problem, for people.</param>
/// <param name="Status">The status of the response.</param>
/// <param name="Detail">What is wrong in this case, and what would be right.</param>
/// <param name="Code">The kind of problem, for programs.</param>
/// <param name="InstanceId">The instance concerned; null where none is.</param>
internal sealed record ProblemAnswer(string Type, string Title, int Status, string Detail, string Code, string? InstanceId)
{
    public const string MediaType = "application/problem+json";

    public static ProblemAnswer Of(ProblemKind kind, string detail, InstanceId? instance = null) =>
        new($"urn:novadocker:{kind.Code}", kind.Title, kind.Status, detail, kind.Code, instance?.ToString());
}
