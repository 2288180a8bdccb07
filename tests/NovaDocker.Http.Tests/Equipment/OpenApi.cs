using System.Globalization;
using System.Text.Json.Nodes;
using NovaDocker.Http.Routes;
using YamlDotNet.RepresentationModel;

namespace NovaDocker.Http.Tests.Equipment;

/// <summary>The description of the API, and whether an answer is as it says. Of JSON Schema it knows what the description uses.</summary>
internal sealed class OpenApi
{
    private const string RefPrefix = "#/components/";

    private static readonly string[] Methods = ["get", "put", "post", "delete"];

    private readonly YamlMappingNode _root;

    public OpenApi()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Description.Text));
        _root = (YamlMappingNode)stream.Documents[0].RootNode;
    }

    /// <summary>Every operation: method and path.</summary>
    public IReadOnlyList<string> Operations =>
    [
        .. from path in Map(_root, "paths")!.Children
           from operation in ((YamlMappingNode)path.Value).Children
           where Methods.Contains(Text(operation.Key))
           select $"{Text(operation.Key).ToUpperInvariant()} {Text(path.Key)}",
    ];

    /// <summary>The codes of problems.</summary>
    public IReadOnlyList<string> Codes => [.. Sequence(Component("schemas", "Code"), "enum")!.Select(Text)];

    /// <summary>The members that the body of a request may have; null where it takes none.</summary>
    public IReadOnlyList<string>? BodyOf(string operation) =>
        Find(operation, "requestBody", "content", "application/json", "schema") is { } schema
            ? [.. Map(Resolved(schema), "properties")!.Children.Keys.Select(Text)]
            : null;

    /// <summary>What is wrong with an answer; nothing where it is as described.</summary>
    public IReadOnlyList<string> Faults(string operation, DoorAnswer answer)
    {
        var status = ((int)answer.Status).ToString(CultureInfo.InvariantCulture);
        var responses = Find(operation, "responses")!;
        if ((Child(responses, status) ?? Child(responses, "default")) is not { } response)
            return [$"{operation} has no answer {status}"];
        var content = Map(Resolved((YamlMappingNode)response), "content")!;
        if (Child(content, answer.MediaType ?? "") is not YamlMappingNode media)
            return [$"{operation} {status} is never {answer.MediaType}"];
        var faults = new List<string>();
        if (answer.Json is { } json)
            Check(json, Map(media, "schema")!, $"{operation} {status}", faults);
        return faults;
    }

    private void Check(JsonNode? json, YamlMappingNode written, string place, List<string> faults)
    {
        var schema = Resolved(written);
        if (Sequence(schema, "oneOf") is { } choices)
        {
            if (!choices.Any(choice => IsGood(json, (YamlMappingNode)choice)))
                CheckFirst(choices);
            return;
        }

        if (Sequence(schema, "enum") is { } words && !words.Any(word => Text(word) == (json?.ToString() ?? "null")))
            faults.Add($"{place} is {json}, which is none of its words");
        string[] types = Child(schema, "type") switch
        {
            YamlSequenceNode many => [.. many.Select(Text)],
            { } one => [Text(one)],
            null => [],
        };
        if (types.Length > 0 && !types.Contains(TypeOf(json)) && !(TypeOf(json) == "integer" && types.Contains("number")))
            faults.Add($"{place} is {TypeOf(json)}, and {string.Join(" or ", types)} is described");
        if (json is JsonArray array && Map(schema, "items") is { } items)
        {
            for (var i = 0; i < array.Count; i++)
                Check(array[i], items, $"{place}[{i}]", faults);
        }

        if (json is JsonObject members)
            CheckMembers(members, schema, place, faults);

        // What is wrong with an object shows best where it was to be one.
        void CheckFirst(YamlSequenceNode all) => Check(json, (YamlMappingNode)all[0], place, faults);
    }

    private void CheckMembers(JsonObject members, YamlMappingNode schema, string place, List<string> faults)
    {
        foreach (var name in (Sequence(schema, "required") ?? []).Select(Text).Where(name => !members.ContainsKey(name)))
            faults.Add($"{place}.{name} is missing");
        var known = Map(schema, "properties");
        foreach (var (name, value) in members)
        {
            if (known is not null && Child(known, name) is YamlMappingNode property)
                Check(value, property, $"{place}.{name}", faults);
            else if (Child(schema, "additionalProperties") is YamlMappingNode others)
                Check(value, others, $"{place}.{name}", faults);
            else if (Child(schema, "additionalProperties") is not null)
                faults.Add($"{place}.{name} is not described");
        }
    }

    private bool IsGood(JsonNode? json, YamlMappingNode schema)
    {
        var faults = new List<string>();
        Check(json, schema, "", faults);
        return faults.Count == 0;
    }

    private static string TypeOf(JsonNode? json) => json switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ => json.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => "string",
            System.Text.Json.JsonValueKind.Number => json.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
            _ => "boolean",
        },
    };

    private YamlMappingNode? Find(string operation, params string[] below)
    {
        var (method, path) = operation.Split(' ') switch { var words => (words[0].ToLowerInvariant(), words[1]) };
        YamlNode? node = Child(Map(_root, "paths")!, path);
        foreach (var name in below.Prepend(method))
            node = node is YamlMappingNode map ? Child(map, name) : null;
        return (YamlMappingNode?)node;
    }

    private YamlMappingNode Component(string kind, string name) => Map(Map(Map(_root, "components")!, kind)!, name)!;

    private YamlMappingNode Resolved(YamlMappingNode node)
    {
        if (Child(node, "$ref") is not { } reference)
            return node;
        var words = Text(reference)[RefPrefix.Length..].Split('/');
        return Component(words[0], words[1]);
    }

    private static YamlMappingNode? Map(YamlMappingNode node, string name) => (YamlMappingNode?)Child(node, name);

    private static YamlSequenceNode? Sequence(YamlMappingNode node, string name) => (YamlSequenceNode?)Child(node, name);

    private static YamlNode? Child(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;
}
