using Google.Protobuf;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Tests;

/// <summary>What is usual takes no byte on the wire, so that journals from before read as it; and what is wrong names its field.</summary>
public sealed class ChangeWireTests
{
    [Fact]
    public void What_is_usual_takes_no_byte()
    {
        var boot = Read(V1.BootRequested.Parser, "boot-requested");
        Assert.Null(boot.Terms);
        Assert.Empty(boot.Spec.Files);

        var facts = Read(V1.InstanceSnapshot.Parser, "state-resting").State.Resting.Facts;
        Assert.Null(facts.OtherSize);
        Assert.Null(facts.Former);
        Assert.Null(facts.Rescue);
        var operation = Read(V1.InstanceSnapshot.Parser, "state-working").State.Working.Operation;
        Assert.Null(operation.Terms);
        Assert.False(operation.HasDeadline);
        Assert.Null(Read(V1.Stop.Parser, "stop").Terms);
    }

    [Fact]
    public void No_grace_is_another_thing_than_a_grace_of_nothing()
    {
        var stop = (Stop)Samples.Named("stop-with-grace").Message;

        var read = (Stop)WireTable.Current.Decode(WireTable.Current.Encode(stop), WireTable.Current.Manifest(stop));

        Assert.Equal(TimeSpan.Zero, read.Terms.Grace);
        Assert.Null(((Stop)Samples.Named("stop").Message).Terms.Grace);
    }

    // A command of a verb that has no terms, and its event, have no place for them: the core refuses such a command.
    [Fact]
    public void Every_verb_whose_terms_are_taken_has_a_place_for_them()
    {
        var terms = new OperationTerms { Grace = TimeSpan.FromSeconds(1) };

        var taken = Samples.All.Select(sample => sample.Message).OfType<VerbCommand>()
            .Where(command => terms.ProblemFor(command.Verb) is null).Select(command => command with { Terms = terms }).ToList();

        Assert.NotEmpty(taken);
        Assert.All(taken, command => Assert.Equal(
            terms,
            ((VerbCommand)WireTable.Current.Decode(
                WireTable.Current.Encode(command), WireTable.Current.Manifest(command))).Terms));
    }

    [Fact]
    public void An_outcome_of_a_later_version_is_refused()
    {
        var wire = Read(V1.TellVifPlugging.Parser, "tell-vif-plugging");
        wire.Outcome = (V1.VifPluggingOutcome)99;
        var stream = new MemoryStream();
        wire.WriteDelimitedTo(stream);

        var error = Assert.Throws<WireFormatException>(
            () => WireTable.Current.Decode(stream.ToArray(), "instance.command.tell-vif-plugging.v1"));

        Assert.Equal("Outcome", error.Field);
    }

    [Fact]
    public void A_token_of_a_rescue_is_not_shown_in_logs() =>
        Assert.DoesNotContain("gAAAAA", Samples.Named("rescue-instance").Message.ToString(), StringComparison.Ordinal);

    private static T Read<T>(MessageParser<T> parser, string sample)
        where T : IMessage<T> =>
        parser.ParseDelimitedFrom(new MemoryStream(WireTable.Current.Encode(Samples.Named(sample).Message)));
}
