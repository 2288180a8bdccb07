using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NovaDocker.Domain.Audit;

namespace NovaDocker.Cli.Output;

/// <summary>How rows become JSON: camel case, one line each, text as it is.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(InstanceRow))]
[JsonSerializable(typeof(InstanceDetailRow))]
[JsonSerializable(typeof(OperationRow))]
[JsonSerializable(typeof(HistoryRow))]
[JsonSerializable(typeof(ConsoleRow))]
[JsonSerializable(typeof(ImageRow))]
[JsonSerializable(typeof(ImagePullRow))]
[JsonSerializable(typeof(HostImageRow))]
[JsonSerializable(typeof(ImageHistoryRow))]
[JsonSerializable(typeof(HostRow))]
[JsonSerializable(typeof(PortRow))]
[JsonSerializable(typeof(PortDiagnosticsRow))]
[JsonSerializable(typeof(NetworkRow))]
[JsonSerializable(typeof(FindingRow))]
[JsonSerializable(typeof(UserDataRow))]
[JsonSerializable(typeof(OptionGuideRow))]
[JsonSerializable(typeof(FailureRow))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>The context that the output uses: it goes to a terminal or a program, never into a web page.</summary>
    public static CliJson Lines { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
