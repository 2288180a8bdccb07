namespace NovaDocker.Http.Routes;

/// <summary>The description of the API: <c>openapi.yaml</c> of this project.</summary>
public static class Description
{
    private const string Resource = "openapi.yaml";

    /// <summary>Its text, OpenAPI 3.1 in YAML.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(Description).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
