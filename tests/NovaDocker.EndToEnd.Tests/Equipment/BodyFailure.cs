using System.Runtime.CompilerServices;

namespace NovaDocker.EndToEnd.Tests.Equipment;

/// <summary>
/// What a test threw before its equipment was put away. With <c>await using</c>, an exception of the disposal takes the place
/// of the body's, and what is left over after a test that failed is mostly the consequence: so both are told.
/// </summary>
/// <remarks>
/// The runtime announces each exception where it is thrown, and again in each method that it passes through by
/// <c>await</c>. What the last of these, the body of the test, writes into its own context is there when the disposal begins.
/// </remarks>
internal static class BodyFailure
{
    private static readonly AsyncLocal<Exception?> Last = new();

    /// <summary>What was thrown last in the method that asks, or in one that called it; null for nothing. Ask before anything else is done.</summary>
    public static Exception? Seen => Last.Value;

    /// <summary>Checks that nothing is left over; where something is, what the body threw is told beside it.</summary>
    /// <param name="body">What the body threw; null for nothing.</param>
    /// <param name="check">Throws where something is left over.</param>
    /// <exception cref="AggregateException">Something is left over after a body that threw.</exception>
    public static void TellBeside(Exception? body, Action check)
    {
        try
        {
            check();
        }
        catch (Exception left) when (body is not null)
        {
            throw new AggregateException("The test threw, and something is left over.", body, left);
        }
    }

    [ModuleInitializer]
    internal static void Watch() => AppDomain.CurrentDomain.FirstChanceException += (_, thrown) => Last.Value = thrown.Exception;
}
