using NovaDocker.Domain.Instances;

namespace NovaDocker.Wire.Client;

/// <summary>A question makes no sense in the instance's present phase.</summary>
public sealed class QueryRefusedException : Exception
{
    /// <summary>Makes one of the node's answer.</summary>
    public QueryRefusedException(InstanceProtocol.Refused refusal)
        : base(refusal.Reason) => Code = refusal.Code;

    /// <summary>Why.</summary>
    public RefusalCode Code { get; }
}
