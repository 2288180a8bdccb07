using System.Collections.Immutable;

namespace NovaDocker.UserData.Documents;

/// <summary>The faults of one reading. They are bounded: a document may have as many faults as it has keys.</summary>
internal sealed class FaultList
{
    /// <summary>How many are listed; nobody mends more at once.</summary>
    public const int MaxFaults = 100;

    private readonly ImmutableArray<UserDataFault>.Builder _faults = ImmutableArray.CreateBuilder<UserDataFault>();

    /// <summary>True once no more are taken, and reading on is of no use.</summary>
    public bool IsFull => _faults.Count > MaxFaults;

    /// <summary>Adds one. The first that is too many leaves a word that there are more.</summary>
    public void Add(Mark mark, string path, string problem)
    {
        if (_faults.Count < MaxFaults)
            _faults.Add(new UserDataFault(mark, path, problem));
        else if (!IsFull)
            _faults.Add(new UserDataFault(mark, string.Empty, $"there are more faults from here on; {MaxFaults} are listed"));
    }

    /// <summary>All of them, in the order they were found.</summary>
    public ImmutableArray<UserDataFault> ToImmutable() => _faults.ToImmutable();
}
