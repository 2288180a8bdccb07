using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>The answers to commands, alone and as they are kept in events.</summary>
internal static class InstanceReplyMapping
{
    public static V1.Accepted ToWire(this Accepted reply) => new()
    {
        InstanceId = reply.InstanceId.ToWire(),
        OperationId = reply.OperationId.ToWire(),
        Revision = reply.Revision,
    };

    public static Accepted ToDomain(this V1.Accepted wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.OperationId.ToOperationId(), wire.Revision);

    public static V1.AlreadyDone ToWire(this AlreadyDone reply) => new() { InstanceId = reply.InstanceId.ToWire() };

    public static AlreadyDone ToDomain(this V1.AlreadyDone wire) => new(wire.InstanceId.ToInstanceId());

    public static V1.Refused ToWire(this Refused reply) => new()
    {
        InstanceId = reply.InstanceId.ToWire(),
        Code = reply.Code.ToWire(),
        Reason = reply.Reason,
    };

    public static Refused ToDomain(this V1.Refused wire) =>
        new(wire.InstanceId.ToInstanceId(), wire.Code.ToDomain(), wire.Reason);

    public static V1.NotFound ToWire(this NotFound reply) => new() { InstanceId = reply.InstanceId.ToWire() };

    public static NotFound ToDomain(this V1.NotFound wire) => new(wire.InstanceId.ToInstanceId());

    public static V1.CommandReply ToWire(this CommandReply reply) => reply switch
    {
        Accepted r => new() { Accepted = r.ToWire() },
        AlreadyDone r => new() { AlreadyDone = r.ToWire() },
        Refused r => new() { Refused = r.ToWire() },
        NotFound r => new() { NotFound = r.ToWire() },
        _ => throw FieldMapping.Wrong("Reply", $"{reply.GetType().Name} has no place on the wire."),
    };

    public static CommandReply ToDomain(this V1.CommandReply wire) => wire.ReplyCase switch
    {
        V1.CommandReply.ReplyOneofCase.Accepted => wire.Accepted.ToDomain(),
        V1.CommandReply.ReplyOneofCase.AlreadyDone => wire.AlreadyDone.ToDomain(),
        V1.CommandReply.ReplyOneofCase.Refused => wire.Refused.ToDomain(),
        V1.CommandReply.ReplyOneofCase.NotFound => wire.NotFound.ToDomain(),
        _ => throw FieldMapping.Wrong("Reply", "it is none that this version knows."),
    };
}
