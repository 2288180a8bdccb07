using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Cli.Commands;

/// <summary><c>--nic</c>: a port that is wished for, as <c>openstack server create</c> takes it.</summary>
internal sealed class NicOption : Option<IReadOnlyList<NicRequest>?>
{
    private static readonly string[] MayRepeat = ["ip", "gateway", "dns"];

    /// <summary>What is said of it below a verb's help.</summary>
    public static readonly string Details =
        $"""
        --nic takes KEY=VALUE with commas between; the host makes the rest: port id, MAC, and an address of each range of the
        network that has one free. The keys are

        {string.Join('\n', NicText.Keys.Select(key => $"  {key.Key,-9} {key.Takes}"))}
        """;

    /// <summary>Makes one.</summary>
    /// <param name="description">What the port is for.</param>
    /// <param name="arity">How often it may be there.</param>
    public NicOption(string description, ArgumentArity arity)
        : base("--nic")
    {
        HelpName = "KEY=VALUE,...";
        Description = description;
        Arity = arity;
        AllowMultipleArgumentsPerToken = false;
        CustomParser = Read;
        CompletionSources.Clear();
        CompletionSources.Add(Suggestions);
    }

    private static List<NicRequest> Read(ArgumentResult result)
    {
        var nics = new List<NicRequest>();
        foreach (var token in result.Tokens)
        {
            if (NicText.Read(token.Value, out var problems) is { } nic)
                nics.Add(nic);
            foreach (var problem in problems)
                result.AddError($"--nic is '{token.Value}': {problem}");
        }

        if (nics.Count > VifRules.MaxPorts)
            result.AddError($"--nic is there {nics.Count} times; at most {VifRules.MaxPorts} ports are possible.");
        return nics;
    }

    /// <summary>The keys that may follow what is written already, with what is written.</summary>
    private static IEnumerable<CompletionItem> Suggestions(CompletionContext context)
    {
        var word = context.WordToComplete;
        var written = word[..(word.LastIndexOf(',') + 1)];
        var used = written.Split(',').Select(part => part.Split('=')[0]).Except(MayRepeat, StringComparer.Ordinal).ToHashSet();
        return NicText.Keys.Select(key => key.Key).Where(key => !used.Contains(key)).Select(key => $"{written}{key}=")
            .Where(suggestion => suggestion.StartsWith(word, StringComparison.Ordinal))
            .Select(suggestion => new CompletionItem(suggestion));
    }
}
