using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NovaDocker.UserData.Documents;

/// <summary>
/// Reads YAML by the events of YamlDotNet's parser, and by nothing above it: no serializer, no object comes of a document.
/// What the reader takes is bounded by <see cref="TreeBuilder"/>, which stops it at the first piece that is too deep or one
/// too many; its scanner is ahead by at most the 1,024 characters that a key can have.
/// </summary>
internal static class YamlTree
{
    /// <summary>Reads a document.</summary>
    public static TreeReading Read(string text)
    {
        var faults = new FaultList();
        var places = new Places(text);
        if (YamlPitfalls.Find(text) is { } pitfall)
        {
            faults.Add(places.At(pitfall.Position), string.Empty, "cannot be read as YAML: " + pitfall.Problem);
            return new TreeReading(null, faults.ToImmutable(), false);
        }

        var builder = new TreeBuilder(faults);
        var scanner = new Scanner(new StringReader(text));
        try
        {
            new Reading(faults, builder, places).Run(new Parser(scanner));
            return new TreeReading(builder.Root, faults.ToImmutable(), true);
        }
        catch (YamlException exception)
        {
            var at = YamlComplaints.PositionOf(exception, scanner.CurrentPosition.Index);
            faults.Add(places.At(at), string.Empty, YamlComplaints.Explain(exception.Message, text, at));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The scanner answers some malformed input with whatever its own code happens to run into: an argument out of
            // range for \UFFFFFFFF, an invalid operation for text that is not indented inside of brackets. Where it stands
            // says as much as it knows.
            var at = scanner.CurrentPosition.Index;
            faults.Add(places.At(at), string.Empty, YamlComplaints.Explain(string.Empty, text, at));
        }

        return new TreeReading(null, faults.ToImmutable(), false);
    }

    /// <summary>One reading: from events to the builder.</summary>
    private sealed class Reading(FaultList faults, TreeBuilder builder, Places places)
    {
        private bool _hasDocument;
        private bool _isStopped;

        public void Run(Parser parser)
        {
            while (!builder.IsStopped && !_isStopped && parser.MoveNext())
                Take(parser.Current!);
        }

        private void Take(ParsingEvent piece)
        {
            var mark = places.At(piece.Start.Index);
            switch (piece)
            {
                case DocumentStart when _hasDocument:
                    faults.Add(mark, string.Empty, "a second document begins here; user data are one document, without '---' inside");
                    _isStopped = true;
                    break;
                case DocumentStart:
                    _hasDocument = true;
                    break;
                case AnchorAlias alias:
                    builder.AddAlias(alias.Value.Value, mark);
                    break;
                case Scalar scalar:
                    if (scalar.Style == ScalarStyle.Plain && YamlPitfalls.FindInPlain(scalar.Value) is { } problem)
                        builder.Fault(mark, problem);
                    builder.Add(YamlTags.Apply(scalar, mark, builder), NameOf(scalar));
                    break;
                case SequenceStart list:
                    YamlTags.Check(list, mark, builder);
                    builder.Begin(false, mark, NameOf(list));
                    break;
                case MappingStart mapping:
                    YamlTags.Check(mapping, mark, builder);
                    builder.Begin(true, IsPlaceKnown(mapping) ? mark : null, NameOf(mapping));
                    break;
                case SequenceEnd or MappingEnd:
                    builder.End();
                    break;
            }
        }

        /// <summary>Of the mapping in <c>[a: b]</c>, which has no sign of its own, the parser does not tell the place.</summary>
        private bool IsPlaceKnown(MappingStart mapping) => mapping.Start.Index > 0 || builder.IsOutermost;

        private static string? NameOf(NodeEvent node) => node.Anchor.IsEmpty ? null : node.Anchor.Value;
    }
}
