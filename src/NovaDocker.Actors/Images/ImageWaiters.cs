using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Images;

/// <summary>Who waits for one image: steps of instances, and pulls.</summary>
internal sealed class ImageWaiters
{
    private readonly Dictionary<FencingToken, HostProtocol.RunStep> _steps = [];
    private readonly Dictionary<string, BringImage> _pulls = new(StringComparer.Ordinal);

    /// <summary>True where nobody waits.</summary>
    public bool IsEmpty => _steps.Count == 0 && _pulls.Count == 0;

    /// <summary>The steps.</summary>
    public IReadOnlyCollection<HostProtocol.RunStep> Steps => _steps.Values;

    /// <summary>True where a pull waits.</summary>
    public bool HasPulls => _pulls.Count > 0;

    /// <summary>For whom the image is brought: the first who came; null where nobody waits.</summary>
    public LoadCause? Cause { get; private set; }

    /// <summary>The image's name, as whoever came first knows it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>A step waits.</summary>
    public void Add(HostProtocol.RunStep step)
    {
        Begin(LoadCause.Of(step.InstanceId), step.Image.Name);
        _steps[step.Token] = step;
    }

    /// <summary>A pull waits.</summary>
    public void Add(BringImage bring)
    {
        Begin(LoadCause.Of(bring.Pull.Request), bring.Pull.Name);
        _pulls[bring.Pull.Request.RequestId] = bring;
    }

    /// <summary>A step waits no longer. False where it did not.</summary>
    public bool Remove(HostProtocol.RunStep step)
    {
        var didWait = _steps.Remove(step.Token);
        if (IsEmpty)
            Cause = null;
        return didWait;
    }

    /// <summary>Nobody waits any longer.</summary>
    public void Clear()
    {
        _steps.Clear();
        _pulls.Clear();
        Cause = null;
    }

    /// <summary>A token that came with any of them; null where none did.</summary>
    public RequestToken? Token(Func<InstanceId, RequestToken?> lent) =>
        _pulls.Values.Select(bring => bring.Token)
            .Concat(_steps.Values.Select(step => lent(step.InstanceId)))
            .FirstOrDefault(token => token is not null);

    private void Begin(LoadCause cause, string name)
    {
        if (IsEmpty)
            (Cause, Name) = (cause, name);
    }
}
