using Microsoft.AspNetCore.Http;
using NovaDocker.Domain.Common;
using NovaDocker.Http.Problems;

namespace NovaDocker.Http.Requests;

/// <summary>Who asks, by which request, as the headers say.</summary>
/// <param name="Request">The request.</param>
/// <param name="Token">A Keystone token that came with it; null where none did.</param>
internal sealed record Caller(RequestContext Request, RequestToken? Token)
{
    public const string RequestIdHeader = "X-Openstack-Request-Id";
    public const string UserHeader = "X-User-Id";
    public const string ProjectHeader = "X-Project-Id";
    public const string ServiceHeader = "X-Service";
    public const string TokenHeader = "X-Auth-Token";

    private const string DefaultService = "nova-compute";
    private const int MaxRequestId = 128;
    private const int MaxName = 255;

    /// <summary>Reads them.</summary>
    /// <exception cref="ProblemException">The request id is missing, or a header is impossible.</exception>
    public static Caller Of(HttpRequest request)
    {
        var faults = new Faults();
        var id = Header(request, RequestIdHeader, MaxRequestId, faults);
        if (id.Length == 0 && request.Headers[RequestIdHeader].Count <= 1)
        {
            faults.Add(
                RequestIdHeader, "missing",
                $"a header of 1 to {MaxRequestId} characters, by which a request that is sent twice is carried out once,");
        }

        var service = Header(request, ServiceHeader, MaxName, faults);
        var initiator = new Initiator(
            Header(request, UserHeader, MaxName, faults), Header(request, ProjectHeader, MaxName, faults),
            service.Length > 0 ? service : DefaultService);
        faults.ThrowIfAny();
        var token = request.Headers[TokenHeader].ToString();
        return new Caller(new RequestContext(id, initiator), token.Length > 0 ? new RequestToken(token) : null);
    }

    private static string Header(HttpRequest request, string name, int most, Faults faults)
    {
        var values = request.Headers[name];
        if (values.Count > 1)
            faults.Add(name, $"there {values.Count} times", "one header");
        var value = values.Count == 1 ? values.ToString().Trim() : "";
        if (value.Length > most)
            faults.Add(name, $"{value.Length} characters long", $"a header of at most {most}");
        return value;
    }
}
