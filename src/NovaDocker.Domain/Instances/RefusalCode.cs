namespace NovaDocker.Domain.Instances;

/// <summary>Why a command is refused. Numbers are on the wire and never change.</summary>
public enum RefusalCode
{
    /// <summary>The verb makes no sense in the instance's phase.</summary>
    WrongState = 1,

    /// <summary>Another operation is under way.</summary>
    Busy = 2,

    /// <summary>The id was given to an instance before.</summary>
    AlreadyExists = 3,

    /// <summary>The command itself is malformed.</summary>
    InvalidArgument = 4,

    /// <summary>No image goes by that name or id.</summary>
    ImageNotFound = 5,

    /// <summary>The host could never hold the instance.</summary>
    NoCapacity = 6,

    /// <summary>No host can take it at present.</summary>
    NoHost = 7,

    /// <summary>The journal cannot be written, so nothing is begun.</summary>
    JournalUnavailable = 8,

    /// <summary>The instance has no container to do it with.</summary>
    NoContainer = 9,

    /// <summary>The Engine of the instance's host is away, and the commander does not want to wait for it.</summary>
    EngineAway = 10,

    /// <summary>The user data cannot be taken: the reason has a line for each fault, with its place in the document.</summary>
    InvalidUserData = 11,

    /// <summary>The user data asks for what the operator's policy does not allow: a line for each, with the policy's key.</summary>
    PolicyForbids = 12,

    /// <summary>The instance has no such port.</summary>
    NoPort = 13,

    /// <summary>The port, or an address of it, is another instance's on this host.</summary>
    PortInUse = 14,

    /// <summary>The instance was booted without ports, and so without a namespace that one could be plugged into.</summary>
    NoSandbox = 15,

    /// <summary>No address of the network is free.</summary>
    NoAddress = 16,
}
