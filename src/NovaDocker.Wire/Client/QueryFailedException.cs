using NovaDocker.Domain.Common;

namespace NovaDocker.Wire.Client;

/// <summary>The node understood the question and could not answer it.</summary>
public sealed class QueryFailedException : Exception
{
    /// <summary>Makes one of the node's answer.</summary>
    public QueryFailedException(Fault fault)
        : base(fault.Message) => Fault = fault;

    /// <summary>What went wrong.</summary>
    public Fault Fault { get; }
}
