using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NovaDocker.Http.Problems;

namespace NovaDocker.Http.Answers;

/// <summary>How answers become JSON: camel case, text as it is, what is unknown as null.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(VersionsAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(HostAnswer))]
[JsonSerializable(typeof(InstanceAnswer))]
[JsonSerializable(typeof(InstancesAnswer))]
[JsonSerializable(typeof(OperationAnswer))]
[JsonSerializable(typeof(ConsoleAnswer))]
[JsonSerializable(typeof(DiagnosticsAnswer))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(LifecycleAnswer))]
[JsonSerializable(typeof(PullAnswer))]
[JsonSerializable(typeof(CollectAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext
{
    /// <summary>The context that the door uses: it answers programs, and never a web page.</summary>
    public static AnswerJson Door { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
