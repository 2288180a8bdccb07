namespace NovaDocker.Cli.Output;

/// <summary>Progress for a log: a line where something else is being done, none for every byte.</summary>
internal sealed class LineProgress<TNews>(TextWriter writer, string title, Func<TNews, ProgressText> describe) : IProgress<TNews>
{
    private string? _last;

    public void Report(TNews value)
    {
        var text = describe(value).Text;
        if (text == _last)
            return;
        _last = text;
        writer.WriteLine($"{title}: {text}");
    }
}
