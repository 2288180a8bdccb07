using System.Collections.Immutable;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Collects what is wrong in a document, and what of it is not used.</summary>
internal sealed class Findings
{
    private readonly List<UserDataFault> _faults = [];
    private readonly List<(Mark Mark, string Sentence)> _notes = [];

    /// <summary>How many faults there are: a form that finds the same number afterwards met none.</summary>
    public int Count => _faults.Count;

    /// <summary>A fault; see <see cref="UserDataFault"/>.</summary>
    public void Add(Mark mark, string path, string problem) => _faults.Add(new UserDataFault(mark, path, problem));

    /// <summary>A sentence on something that is not used.</summary>
    public void Note(Mark mark, string sentence) => _notes.Add((mark, sentence));

    /// <summary>The faults in the order of the document.</summary>
    public ImmutableArray<UserDataFault> Faults() => [.. _faults.OrderBy(fault => Order(fault.Mark!.Value))];

    /// <summary>The notes in the order of the document, each with its place.</summary>
    public ImmutableArray<string> Notes() =>
        [.. _notes.OrderBy(note => Order(note.Mark)).Select(note => $"{note.Mark}: {note.Sentence}")];

    private static (int Line, int Column) Order(Mark mark) => (mark.Line, mark.Column);
}
