using System.Globalization;
using System.Text;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Http.Routes;

/// <summary>The node's metrics in the text format of Prometheus.</summary>
internal static class Metrics
{
    /// <summary>The format's media type.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The whole of it.</summary>
    /// <param name="host">The node's host.</param>
    /// <param name="phases">The phase of each of its instances, deleted ones left out.</param>
    /// <param name="requests">How many requests there were.</param>
    public static string Text(HostView host, IEnumerable<string> phases, RequestCounts requests)
    {
        var text = new StringBuilder();
        var counts = phases.CountBy(phase => phase).ToDictionary();
        Head(text, "novadocker_instances", "gauge", "Instances of this host by phase; deleted ones are not counted.");
        foreach (var phase in Enum.GetValues<InstancePhase>().Where(phase => phase is not (InstancePhase.Absent or InstancePhase.Deleted)))
        {
            var name = EventDescription.Kebab(phase);
            Line(text, "novadocker_instances", counts.GetValueOrDefault(name), ("phase", name));
        }

        One(text, "novadocker_steps_in_hand", "gauge", "Steps under way.", host.Steps);
        One(text, "novadocker_steps_waiting", "gauge", "Steps that wait for the Engine to be back.", host.StepsWaiting);
        Head(text, "novadocker_engine_state", "gauge", "1 for what the node believes of its Engine, else 0.");
        foreach (var state in Enum.GetValues<EngineState>())
            Line(text, "novadocker_engine_state", state == host.EngineState ? 1 : 0, ("state", EventDescription.Kebab(state)));
        One(text, "novadocker_engine_restarts_total", "counter", "How often the Engine was restarted since the node started.", host.EngineRestarts);
        One(text, "novadocker_journal_up", "gauge", "1 while the journal can be written, else 0.", host.JournalProblem is null ? 1 : 0);
        One(text, "novadocker_memory_mib", "gauge", "Memory that the host gives away, MiB.", host.MemoryMb);
        One(text, "novadocker_memory_claimed_mib", "gauge", "Memory set aside for instances, MiB.", host.MemoryMbClaimed);
        One(text, "novadocker_vcpus", "gauge", "Processors that the host gives away.", host.Vcpus);
        One(text, "novadocker_vcpus_claimed", "gauge", "Processors set aside for instances.", host.VcpusClaimed);
        Head(text, "novadocker_http_requests_total", "counter", "Requests answered at this door.");
        foreach (var (method, route, status, count) in requests.All())
        {
            Line(
                text, "novadocker_http_requests_total", count,
                ("method", method), ("route", route), ("status", status.ToString(CultureInfo.InvariantCulture)));
        }

        One(text, "novadocker_http_requests_waiting", "gauge", "Requests at this door that wait for news.", requests.Waiting);
        return text.ToString();
    }

    private static void One(StringBuilder text, string name, string type, string help, long value)
    {
        Head(text, name, type, help);
        Line(text, name, value);
    }

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private static void Line(StringBuilder text, string name, long value, params (string Name, string Value)[] labels)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').AppendJoin(',', labels.Select(label => $"{label.Name}=\"{Escaped(label.Value)}\"")).Append('}');
        text.Append(CultureInfo.InvariantCulture, $" {value}\n");
    }

    private static string Escaped(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
