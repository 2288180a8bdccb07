using System.Collections.Immutable;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Collects what is wrong in a document, and what of it is not used.</summary>
internal sealed class Findings
{
    /// <summary>
    /// For how many unknown keys the nearest known one is looked for. It takes time, and who has more of them misspelled none.
    /// </summary>
    private const int MostGuesses = 50;

    private readonly List<UserDataFault> _faults = [];
    private readonly List<(Mark Mark, string Sentence)> _notes = [];

    private int _guesses;

    /// <summary>How many faults there are: a form that finds the same number afterwards met none.</summary>
    public int Count => _faults.Count;

    /// <summary>A fault; see <see cref="UserDataFault"/>.</summary>
    public void Add(Mark mark, string path, string problem) => _faults.Add(new UserDataFault(mark, path, problem));

    /// <summary>True where it may still be guessed what key was meant; counts the guess.</summary>
    public bool MayGuess() => _guesses++ < MostGuesses;

    /// <summary>A sentence on something that is not used.</summary>
    public void Note(Mark mark, string sentence) => _notes.Add((mark, sentence));

    /// <summary>The faults in the order of the document.</summary>
    public ImmutableArray<UserDataFault> Faults() => [.. _faults.OrderBy(fault => Order(fault.Mark!.Value))];

    /// <summary>The notes in the order of the document, each with its place.</summary>
    public ImmutableArray<string> Notes() =>
        [.. _notes.OrderBy(note => Order(note.Mark)).Select(note => $"{note.Mark}: {note.Sentence}")];

    private static (int Line, int Column) Order(Mark mark) => (mark.Line, mark.Column);
}
