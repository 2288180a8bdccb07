using System.Collections.Immutable;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Docker;

/// <summary>
/// A Docker Engine, as far as the steps need it. Failures are <see cref="EngineException"/> and nothing else, told
/// apart by kind. Every call may have been carried out although it failed (<see cref="EngineErrorKind.TimedOut"/>,
/// <see cref="EngineErrorKind.Unavailable"/>): look before you try again.
/// </summary>
/// <remarks>
/// Implementations are safe for concurrent use. The contract is written down in <c>ContainerEngineContract</c>, which
/// runs against the real adapter and against the fake alike.
/// </remarks>
public interface IContainerEngine : IAsyncDisposable
{
    /// <summary>Version, size and identity of the Engine and its machine.</summary>
    Task<EngineInfo> GetInfoAsync(CancellationToken cancellationToken);

    /// <summary>Every container, running or not, that carries all the labels given.</summary>
    Task<ImmutableArray<ContainerSnapshot>> ListContainersAsync(
        IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken);

    /// <summary>One container, by id or name; null where there is none.</summary>
    Task<ContainerSnapshot?> FindContainerAsync(string idOrName, CancellationToken cancellationToken);

    /// <summary>Creates a container and returns its id. Conflict where the name is taken, NotFound where the image is absent.</summary>
    Task<string> CreateContainerAsync(ContainerSpec spec, CancellationToken cancellationToken);

    /// <summary>Starts a container; one that runs already is left alone.</summary>
    Task StartContainerAsync(string id, CancellationToken cancellationToken);

    /// <summary>Asks the container to end by its stop signal and kills it after the grace time. One that is stopped is left alone.</summary>
    Task StopContainerAsync(string id, TimeSpan grace, CancellationToken cancellationToken);

    /// <summary>Kills the container's process, also while it is paused, and returns when it has ended. One that is stopped is left alone.</summary>
    Task KillContainerAsync(string id, CancellationToken cancellationToken);

    /// <summary>Freezes the container's processes. Conflict where it does not run; one that is paused is left alone.</summary>
    Task PauseContainerAsync(string id, CancellationToken cancellationToken);

    /// <summary>Thaws the container's processes; one that is not paused is left alone.</summary>
    Task UnpauseContainerAsync(string id, CancellationToken cancellationToken);

    /// <summary>Gives the container other limits; it goes on running. One of 0 stays as it was. NotFound where it is gone.</summary>
    Task UpdateContainerAsync(string id, ContainerLimits limits, CancellationToken cancellationToken);

    /// <summary>Kills and removes the container with its anonymous volumes. One that is gone is no failure.</summary>
    Task RemoveContainerAsync(string id, CancellationToken cancellationToken);

    /// <summary>Makes a volume. One of that name that is there already is left alone, whatever its options.</summary>
    Task CreateVolumeAsync(VolumeSpec spec, CancellationToken cancellationToken);

    /// <summary>Removes a volume. One that is gone is no failure; Conflict where a container uses it.</summary>
    Task RemoveVolumeAsync(string name, CancellationToken cancellationToken);

    /// <summary>The last lines the container wrote to standard output and error, in the order it wrote them.</summary>
    /// <param name="id">The container.</param>
    /// <param name="lines">How many lines at most.</param>
    /// <param name="maxBytes">How many bytes at most; what is left out is the beginning.</param>
    /// <param name="since">Nothing that was written before; null for all. It keeps one run's output from that of earlier ones.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ConsoleText> ReadConsoleAsync(
        string id, int lines, int maxBytes, DateTimeOffset? since, CancellationToken cancellationToken);

    /// <summary>What the container has used, read once; null where its process does not run. NotFound where there is no such container.</summary>
    Task<ContainerUsage?> ReadUsageAsync(string id, CancellationToken cancellationToken);

    /// <summary>Makes an image of the container's file system and returns the image's id. Takes as long as it takes.</summary>
    Task<string> CommitContainerAsync(CommitSpec spec, CancellationToken cancellationToken);

    /// <summary>One image, by id or tag; null where there is none.</summary>
    Task<EngineImage?> FindImageAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Every image that carries all the labels given.</summary>
    Task<ImmutableArray<EngineImage>> ListImagesAsync(
        IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a <c>docker save</c> archive from the stream into the Engine. Where the stream throws, that exception comes
    /// out of this method and nothing is loaded. A tag moves over from what had it, and what has others keeps them.
    /// </summary>
    Task LoadImageAsync(Stream archive, CancellationToken cancellationToken);

    /// <summary>
    /// Makes an image of a file system, as <c>docker export</c> writes it, plain, and returns the image's id. Where the
    /// stream throws, that exception comes out of this method, and neither image nor tag is made. A tag of that name moves
    /// over. A tar that an Engine cannot unpack is Transient or Invalid, by what that Engine answers.
    /// </summary>
    /// <remarks>
    /// An Engine takes a stream that ends between two entries for a whole one: one that is not to be made an image of has to
    /// throw.
    /// </remarks>
    Task<string> ImportImageAsync(Stream fileSystem, ImportSpec spec, CancellationToken cancellationToken);

    /// <summary>The image as a <c>docker save</c> archive, streamed. NotFound where there is none. The caller disposes it.</summary>
    Task<Stream> SaveImageAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Takes the tag away, and the image with its last one. One that is gone is no failure; Conflict where a container uses it.</summary>
    Task RemoveImageAsync(string reference, CancellationToken cancellationToken);

    /// <summary>
    /// What happens to containers from a time on, until cancelled. Events are hints: some may be missing, come twice or
    /// out of order. Ends with an <see cref="EngineException"/> when the connection is lost.
    /// </summary>
    IAsyncEnumerable<ContainerEvent> WatchContainersAsync(DateTimeOffset since, CancellationToken cancellationToken);
}
