using System.CommandLine;

namespace NovaDocker.Cli.Commands;

/// <summary><c>novadocker completion</c>: prints a script that lets a shell complete verbs and options.</summary>
internal sealed class CompletionCommand : VerbCommand
{
    private const string Bash =
        """
        # novadocker completion for bash: source <(novadocker completion bash)
        _novadocker() {
            local IFS=$'\n'
            COMPREPLY=($(novadocker "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null))
        }
        complete -o default -F _novadocker novadocker
        """;

    private const string Zsh =
        """
        #compdef novadocker
        # novadocker completion for zsh: source <(novadocker completion zsh)
        _novadocker() {
            local -a words_found
            words_found=("${(@f)$(novadocker "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -- "${words_found[@]}"
        }
        compdef _novadocker novadocker
        """;

    private readonly Argument<string> _shell = new("SHELL") { Description = "bash or zsh." };

    public CompletionCommand(CommandContext context)
        : base(
            context,
            "completion",
            "Print a script by which a shell completes verbs and options.",
            new Example("source <(novadocker completion bash)", "For this shell."),
            new Example("novadocker completion bash > /etc/bash_completion.d/novadocker", "For every bash of this machine."))
    {
        _shell.CompletionSources.Add("bash", "zsh");
        Add(_shell);
    }

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var shell = parse.GetRequiredValue(_shell);
        var script = shell switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => throw CliException.Usage($"SHELL is '{shell}'; bash or zsh is expected."),
        };
        await Host.Out.WriteLineAsync(script).ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
