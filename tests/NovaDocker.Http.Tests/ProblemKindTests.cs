using NovaDocker.Domain.Instances;
using NovaDocker.Http.Problems;

namespace NovaDocker.Http.Tests;

/// <summary>The table of problems, which programs go by.</summary>
public sealed class ProblemKindTests
{
    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_refusal_has_a_row(RefusalCode code)
    {
        var kind = ProblemKind.For(code);

        Assert.InRange(kind.Status, 400, 599);
        Assert.NotEmpty(kind.Title);
    }

    [Fact]
    public void Codes_and_statuses_are_those_of_the_contract() => Assert.Equal(
        """
        already-exists 409
        busy 409
        engine-away 503
        image-not-found 404
        internal 500
        invalid-argument 400
        invalid-user-data 422
        journal-unavailable 503
        method-not-allowed 405
        no-address 409
        no-capacity 409
        no-container 409
        no-host 503
        no-port 404
        no-sandbox 409
        not-found 404
        policy-forbids 403
        port-in-use 409
        query-failed 502
        timed-out 504
        too-big 413
        unsupported-media-type 415
        wrong-state 409
        """,
        string.Join('\n', ProblemKind.All.Select(kind => $"{kind.Code} {kind.Status}").Order(StringComparer.Ordinal)));

    public static TheoryData<RefusalCode> Codes => [.. Enum.GetValues<RefusalCode>()];
}
