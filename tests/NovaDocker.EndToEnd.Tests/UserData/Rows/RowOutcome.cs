using System.Text.Json.Nodes;
using NovaDocker.Domain.Instances;

namespace NovaDocker.EndToEnd.Tests.UserData.Rows;

/// <summary>What became of an instance that was booted with a sample; it is deleted by now.</summary>
/// <param name="View">The instance when its boot had ended.</param>
/// <param name="Container">Its container, as the Engine's inspect showed it.</param>
/// <param name="Fill">Puts values into the texts of the sample.</param>
internal sealed record RowOutcome(InstanceView View, JsonNode Container, Func<string, string> Fill)
{
    /// <summary>What its process wrote.</summary>
    public string Console { get; init; } = "";

    /// <summary>The page that its program served.</summary>
    public string? Page { get; init; }

    /// <summary>What <c>novadocker show --json</c> said of it.</summary>
    public JsonNode? Shown { get; init; }

    /// <summary>How many containers the instance had when its boot had ended.</summary>
    public int Containers { get; init; }

    /// <summary>What the inspect has at a JSON pointer; null where there is nothing.</summary>
    public JsonNode? At(string pointer) => Fill(pointer).Split('/').Skip(1)
        .Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
        .Aggregate((JsonNode?)Container, (node, part) =>
            node is JsonArray list && int.TryParse(part, out var index) ? list.ElementAtOrDefault(index) : node?[part]);

    /// <summary>All that the container was asked to be but its labels, which tell instances apart.</summary>
    public string Shape()
    {
        var config = Container["Config"]!.DeepClone().AsObject();
        config.Remove("Labels");
        return config.ToJsonString() + Container["HostConfig"]!.ToJsonString();
    }
}
