using NovaDocker.Domain.Images;

namespace NovaDocker.Images.Tests;

/// <summary>Keeps every report, in order and at once.</summary>
internal sealed class ListProgress : IProgress<TransferProgress>
{
    public List<TransferProgress> Reports { get; } = [];

    public void Report(TransferProgress value) => Reports.Add(value);
}
