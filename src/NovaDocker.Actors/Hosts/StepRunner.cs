using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Hosts;

/// <summary>Turns the work of a step into its outcome: what fails in a known way becomes a fault, also what is a defect.</summary>
internal static class StepRunner
{
    /// <summary>Runs the work until its deadline.</summary>
    /// <param name="step">The step.</param>
    /// <param name="deadline">How long it may take; afterwards its outcome is unknown.</param>
    /// <param name="work">The work, given a token that ends with the deadline or the calling-off.</param>
    /// <param name="cancelled">Cancelled where somebody calls the step off.</param>
    /// <param name="time">The clock of the deadline; the machine's unless told.</param>
    public static async Task<StepFinished> RunAsync(
        HostProtocol.RunStep step,
        TimeSpan deadline,
        Func<CancellationToken, Task<StepResult>> work,
        CancellationToken cancelled,
        TimeProvider? time = null)
    {
        using var limit = new CancellationTokenSource(deadline, time ?? TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, limit.Token);
        try
        {
            return new StepFinished(step, await work(either.Token).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            return StepFinished.Failed(step, new Fault(FaultCode.Cancelled, "A newer request took its place."));
        }
        catch (OperationCanceledException)
        {
            return StepFinished.Failed(step, new Fault(
                FaultCode.TimedOut, $"There was no end of it within {deadline.TotalSeconds:0.#} s."));
        }
#pragma warning disable CA1031 // A defect in one step must reach the history and not take the host down.
        catch (Exception e)
        {
            return StepFinished.Failed(step, Faults.Of(e));
        }
#pragma warning restore CA1031
    }
}
