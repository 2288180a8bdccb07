namespace NovaDocker.Images.Tests;

/// <summary>What of the pool's threads a test may keep busy while others run beside it.</summary>
internal static class PoolShare
{
    /// <summary>
    /// How many threads draw samples. CsCheck takes one for each processor, which are all that the pool begins with; the tests of
    /// deadlines beside them would then wait for a thread past the deadline.
    /// </summary>
    public const int Sample = 1;
}
