using System.Diagnostics;

namespace NovaDocker.Adapters.Images;

/// <summary>Lets one caller at a time in for each key. A key that nobody holds or waits for takes no memory.</summary>
/// <typeparam name="TKey">The kind of key.</typeparam>
internal sealed class KeyedGate<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Gate> _gates = [];

    /// <summary>Waits until the key is free and takes it. Disposing the result gives it back.</summary>
    public async Task<IDisposable> EnterAsync(TKey key, CancellationToken cancellationToken)
    {
        Gate? gate;
        lock (_gates)
        {
            if (!_gates.TryGetValue(key, out gate))
                _gates.Add(key, gate = new Gate());
            gate.Users++;
        }

        try
        {
            await gate.Semaphore.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Leave(key, gate);
            throw;
        }

        return new Holder(this, key, gate);
    }

    private void Leave(TKey key, Gate gate)
    {
        lock (_gates)
        {
            Debug.Assert(gate.Users > 0, "A gate is left once for each time it was entered.");
            if (--gate.Users > 0)
                return;
            _gates.Remove(key);
            gate.Semaphore.Dispose();
        }
    }

    private sealed class Gate
    {
        public SemaphoreSlim Semaphore { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class Holder(KeyedGate<TKey> owner, TKey key, Gate gate) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            if (_left)
                return;
            _left = true;
            gate.Semaphore.Release();
            owner.Leave(key, gate);
        }
    }
}
