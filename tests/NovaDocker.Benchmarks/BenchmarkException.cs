namespace NovaDocker.Benchmarks;

/// <summary>Nothing can be measured, and why.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
