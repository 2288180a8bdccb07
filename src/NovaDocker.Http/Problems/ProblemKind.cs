using System.Collections.Frozen;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Http.Problems;

/// <summary>A kind of problem: what a program goes by. Codes are stable; kinds are only ever added.</summary>
/// <param name="Code">Its name, in lower case with hyphens.</param>
/// <param name="Status">The status of the response.</param>
/// <param name="Title">The same for people, whatever the case.</param>
internal sealed record ProblemKind(string Code, int Status, string Title)
{
    public static readonly ProblemKind NotFound = new("not-found", 404, "There is no such thing.");

    public static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", 405, "That cannot be done here.");

    public static readonly ProblemKind TooBig = new("too-big", 413, "The body is too big.");

    public static readonly ProblemKind UnsupportedMediaType = new("unsupported-media-type", 415, "JSON is expected.");

    public static readonly ProblemKind QueryFailed = new("query-failed", 502, "The node could not answer.");

    public static readonly ProblemKind TimedOut = new("timed-out", 504, "The node did not answer in time.");

    public static readonly ProblemKind Internal = new("internal", 500, "A defect of the node.");

    private static readonly FrozenDictionary<RefusalCode, ProblemKind> Refusals = new (RefusalCode Code, int Status, string Title)[]
    {
        (RefusalCode.WrongState, 409, "The instance's state does not allow it."),
        (RefusalCode.Busy, 409, "Something else is under way with the instance."),
        (RefusalCode.AlreadyExists, 409, "The id was given to an instance before."),
        (RefusalCode.InvalidArgument, 400, "The request cannot be taken as it stands."),
        (RefusalCode.ImageNotFound, 404, "There is no such image."),
        (RefusalCode.NoCapacity, 409, "The host could never hold the instance."),
        (RefusalCode.NoHost, 503, "No host can take it at present."),
        (RefusalCode.JournalUnavailable, 503, "The journal is away."),
        (RefusalCode.NoContainer, 409, "The instance has no container."),
        (RefusalCode.EngineAway, 503, "The Docker Engine is away."),
        (RefusalCode.InvalidUserData, 422, "The user data has faults."),
        (RefusalCode.PolicyForbids, 403, "The operator's policy does not allow it."),
        (RefusalCode.NoPort, 404, "The instance has no such port."),
        (RefusalCode.PortInUse, 409, "The port, or an address of it, is another instance's."),
        (RefusalCode.NoSandbox, 409, "The instance was booted without ports."),
        (RefusalCode.NoAddress, 409, "No address of the network is free."),
    }.ToFrozenDictionary(row => row.Code, row => new ProblemKind(EventDescription.Kebab(row.Code), row.Status, row.Title));

    /// <summary>What the request itself has wrong.</summary>
    public static ProblemKind InvalidArgument => For(RefusalCode.InvalidArgument);

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<ProblemKind> All =>
        [NotFound, MethodNotAllowed, TooBig, UnsupportedMediaType, QueryFailed, TimedOut, Internal, .. Refusals.Values];

    /// <summary>The kind of a refusal.</summary>
    /// <exception cref="KeyNotFoundException">It has no row.</exception>
    public static ProblemKind For(RefusalCode code) => Refusals[code];
}
