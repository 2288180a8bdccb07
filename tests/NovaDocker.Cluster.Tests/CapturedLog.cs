using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace NovaDocker.Cluster.Tests;

/// <summary>One line of the log.</summary>
internal sealed record LogLine(LogLevel Level, string Category, string Message, Exception? Exception)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Level} {Category}: {Message} {Exception}";
}

/// <summary>Keeps what a host logs, so that a test can read it.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    public IReadOnlyList<LogLine> AtLeast(LogLevel level) => [.. _lines.Where(line => line.Level >= level)];

    public void Clear() => _lines.Clear();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // The lines stay readable after the host that wrote them.
    }

    private sealed class Logger(CapturedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log._lines.Enqueue(new LogLine(logLevel, category, formatter(state, exception), exception));
        }
    }
}
