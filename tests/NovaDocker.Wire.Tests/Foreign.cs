using System.Text;

namespace NovaDocker.Wire.Tests;

/// <summary>A type that is nobody's message. It counts how often one is made: any that bytes made is one too many.</summary>
public sealed class Foreign
{
    private static int _made;

    public Foreign() => Interlocked.Increment(ref _made);

    public static int Made => Volatile.Read(ref _made);

    public string Text { get; set; } = "";

    public static string TypeName => typeof(Foreign).AssemblyQualifiedName!;

    public static byte[] Json => Encoding.UTF8.GetBytes($$"""{"$id":"1","$type":"{{TypeName}}","Text":"made from bytes"}""");
}
