using System.Globalization;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Audit;

/// <summary>What the history tells of how an operation is to be carried out; nothing of what is usual.</summary>
internal static class TermsDescription
{
    /// <summary>Adds it to the data of the event.</summary>
    public static void Add(Dictionary<string, string> data, OperationTerms terms)
    {
        if (terms.LeavesStopped)
            data["leavesStopped"] = "true";
        if (terms.Grace is { } grace)
            data["grace"] = Seconds(grace);
        if (terms.AwaitVifs is { } wait)
        {
            data["vifPluggingTimeout"] = Seconds(wait.Timeout);
            data["vifPluggingIsFatal"] = wait.IsFatal ? "true" : "false";
        }
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
