using System.Collections.Immutable;
using Akka.Actor;

namespace NovaDocker.Wire.Client;

/// <summary>What is known of the contacts' reachability. Written by <see cref="ContactWatch"/>, read by requests.</summary>
internal sealed class ContactState(IReadOnlyList<NodeAddress> contacts)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<Exception> _noneReached = NewRound();
    private ImmutableDictionary<NodeAddress, Exception> _failures = ImmutableDictionary<NodeAddress, Exception>.Empty;
    private bool _everReached;

    /// <summary>
    /// Completes with the reason once every contact was tried in vain since the last time it did, and none was ever
    /// reached. A node that was reached and then lost is worth waiting for: it restarts.
    /// </summary>
    public Task<Exception> NoneReached
    {
        get
        {
            lock (_gate)
                return _noneReached.Task;
        }
    }

    /// <summary>True once any contact took a connection.</summary>
    public bool EverReached
    {
        get
        {
            lock (_gate)
                return _everReached;
        }
    }

    public void Reached(Address address)
    {
        lock (_gate)
        {
            if (Known(address) is not null)
                _everReached = true;
        }
    }

    public void Failed(Address address, Exception cause)
    {
        lock (_gate)
        {
            if (_everReached || Known(address) is not { } contact)
                return;
            _failures = _failures.SetItem(contact, cause);
            if (!contacts.All(_failures.ContainsKey))
                return;
            _noneReached.SetResult(cause);
            _noneReached = NewRound();
            _failures = _failures.Clear();
        }
    }

    private static TaskCompletionSource<Exception> NewRound() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NodeAddress? Known(Address address)
    {
        foreach (var contact in contacts)
        {
            if (contact.Port == address.Port && string.Equals(contact.Host, address.Host, StringComparison.OrdinalIgnoreCase))
                return contact;
        }

        return null;
    }
}
