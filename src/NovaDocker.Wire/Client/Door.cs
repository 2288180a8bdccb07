using System.Collections.Immutable;
using System.Globalization;
using Akka.Actor;
using Akka.Cluster.Tools.Client;
using Akka.Configuration;
using NovaDocker.Domain.Common;

namespace NovaDocker.Wire.Client;

/// <summary>
/// The way to a node's door: one ClusterClient, by which a question is asked again while its answer stays away.
/// </summary>
internal sealed class Door : IDoor
{
    /// <summary>Where a node's door is found.</summary>
    public const string Path = "/user/instances";

    /// <summary>What an envelope adds to a message: paths, manifests, sender. Generous.</summary>
    private const int EnvelopeBytes = 2_000;

    private readonly NovaDockerClientOptions _options;
    private readonly ContactState _contacts;
    private readonly ActorSystem _system;
    private readonly IActorRef _clusterClient;
    private readonly IActorRef _watch;
    private readonly Askers _askers;
    private readonly long _frameBytes;

    public Door(NovaDockerClientOptions options)
    {
        if (options.Contacts.Count == 0)
            throw new ArgumentException("At least one contact is needed.", nameof(options));
        if (options.Timeout <= TimeSpan.Zero)
            throw new ArgumentException($"The timeout is {options.Timeout}; it has to be longer than nothing.", nameof(options));

        _options = options;
        _contacts = new ContactState(options.Contacts);

        // The name is part of the address by which nodes tell commanders apart; two machines may use the same port.
        _system = options.ActorSystem
            ?? ActorSystem.Create($"commander-{CommanderIds.NewGuid():n}", OwnSystem(options.Tls).WithFallback(NovaDockerClient.Configuration));
        _frameBytes = _system.Settings.Config.GetByteSize("akka.remote.dot-netty.tcp.maximum-frame-size", 128_000) ?? 128_000;
        _watch = _system.ActorOf(ContactWatch.Props(_contacts));
        _clusterClient = _system.ActorOf(ClusterClient.Props(ClusterClientSettings.Create(_system)
            .WithInitialContacts(options.Contacts.Select(contact => contact.Receptionist(options.Tls is not null)).ToImmutableHashSet())));
        _askers = new Askers(_system, _clusterClient);
    }

    private static Config OwnSystem(RemotingTls? tls) => ConfigurationFactory.ParseString(
        $$"""
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          loggers = []
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          actor.provider = remote
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          remote.log-remote-lifecycle-events = off
          # Nodes answer over the connection that the commander opened; nobody connects to it.
          remote.dot-netty.tcp {
            hostname = "127.0.0.1"
            port = 0
            # What waits for a batch to fill is lost when the connection is closed, the farewell above all: the node would warn
            # of a commander that is gone without a word.
            batching.enabled = false
            {{tls?.ToHocon()}}
          }
        }
        """);

    /// <inheritdoc/>
    public async Task<object> AskAsync(IWireMessage message, TimeSpan patience, CancellationToken cancellationToken)
    {
        CheckSize(message);
        var noneReached = _contacts.NoneReached;
        var answer = await Attempts.AskAsync(
            patience, _options.Timeout, within => AskOnceAsync(message, within, noneReached, cancellationToken)).ConfigureAwait(false);
        return answer ?? throw Silent(patience + _options.Timeout);
    }

    /// <inheritdoc/>
    public void Tell(IWireMessage message) =>
        _clusterClient.Tell(new ClusterClient.Send(Path, message, localAffinity: true), ActorRefs.NoSender);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _askers.Close();
        _system.Stop(_clusterClient);
        _system.Stop(_watch);
        if (_options.ActorSystem is null)
            await _system.Terminate().ConfigureAwait(false);
    }

    private async Task<object> AskOnceAsync(
        IWireMessage message, TimeSpan within, Task<Exception> noneReached, CancellationToken cancellationToken)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = _askers.AskAsync(new ClusterClient.Send(Path, message, localAffinity: true), within, attempt.Token);
        if (await Task.WhenAny(answer, noneReached).ConfigureAwait(false) == answer)
            return await answer.ConfigureAwait(false);
        await attempt.CancelAsync().ConfigureAwait(false);
        await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        throw Refused(await noneReached.ConfigureAwait(false));
    }

    private void CheckSize(IWireMessage message)
    {
        var bytes = _system.Serialization.Serialize(message).Length;
        var most = _frameBytes - EnvelopeBytes;
        if (bytes > most)
            throw new MessageTooBigException(message.GetType().Name, bytes, most);
    }

    private string Addresses => string.Join(", ", _options.Contacts);

    private HostUnreachableException Refused(Exception cause) => new(
        $"No node can be reached at {Addresses}: {Innermost(cause)}. Check that the node runs, that it listens there "
        + "(remoting address in its configuration), and that no firewall is in between.", cause);

    private HostUnreachableException Silent(TimeSpan limit) => new(string.Create(CultureInfo.InvariantCulture,
        $"No answer from {Addresses} within {limit.TotalSeconds:0.#} s. ")
        + (_contacts.EverReached
            ? "Something listens there: check that it is a NovaDocker node, that it is not overloaded, and that its "
              + "configuration gives it the very address used here (a node is deaf to other names of its machine)."
            : "Check that the node runs, that it listens there, and that no firewall is in between."));

    private static string Innermost(Exception cause)
    {
        var inner = cause.GetBaseException();
        if (inner is AggregateException { InnerExceptions: [var first, ..] })
            inner = first;

        // "Connection refused tcp://novadocker@HOST:PORT": the address stands in the sentence already.
        var address = inner.Message.IndexOf(" tcp://", StringComparison.Ordinal);
        return (address < 0 ? inner.Message : inner.Message[..address]).TrimEnd('.', ' ');
    }
}
