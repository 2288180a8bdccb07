using Spectre.Console;

namespace NovaDocker.Cli.Output;

/// <summary>Progress for a screen: one line that changes.</summary>
internal sealed class StatusProgress<TNews>(StatusContext context, string title, Func<TNews, ProgressText> describe)
    : IProgress<TNews>
{
    public void Report(TNews value)
    {
        var progress = describe(value);
        var detail = progress.Detail.Length > 0 ? $" {progress.Detail}" : "";
        context.Status(Markup.Escape($"{title}: {progress.Text}{detail}"));
    }
}
