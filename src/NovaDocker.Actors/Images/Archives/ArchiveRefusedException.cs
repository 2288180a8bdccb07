using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>Why an archive is refused, as half a sentence; whoever read it completes that with what was read.</summary>
internal sealed class ArchiveRefusedException : Exception
{
    public ArchiveRefusedException(string reason, Exception? inner = null)
        : base(reason, inner)
    {
    }

    /// <summary>The kind of failure.</summary>
    public FaultCode Code { get; init; } = FaultCode.Invalid;

    /// <summary>The whole sentence. A reader of tar, gzip or zstd that finds the bytes wrong is told in the same way.</summary>
    /// <param name="subject">What the archive is: <c>image … ('name')</c>.</param>
    /// <param name="exception">What came up.</param>
    /// <returns>Null where the exception says nothing of the archive.</returns>
    public static ImageStoreException? Of(string subject, Exception exception) => exception switch
    {
        ArchiveRefusedException e => Refused(subject, e.Code, e),
        InvalidDataException e => Refused(subject, FaultCode.Invalid, e),
        _ => null,
    };

    private static ImageStoreException Refused(string subject, FaultCode code, Exception exception) =>
        new(code, $"The archive of {subject} is refused: {exception.Message.TrimEnd('.')}.", exception);
}
