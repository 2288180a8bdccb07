using System.Text.RegularExpressions;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Wire.Mapping;

namespace NovaDocker.Wire.Tests;

public sealed partial class WireTableTests
{
    private static readonly Type[] WireTypes =
    [
        .. typeof(IWireMessage).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IWireMessage))),
    ];

    [Fact]
    public void Every_type_that_carries_the_mark_has_one_row() => Assert.Equal(
        WireTypes.Select(type => type.FullName).Order(StringComparer.Ordinal),
        WireTable.Current.Rows.Select(row => row.Type.FullName).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_type_that_carries_the_mark_has_a_sample() => Assert.Equal(
        WireTypes.Select(type => type.FullName).Order(StringComparer.Ordinal),
        Samples.All.Select(sample => sample.Message.GetType().FullName).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_manifest_is_readable_and_names_a_version() => Assert.All(
        WireTable.Current.Rows, row => Assert.Matches(Manifest(), row.Manifest));

    [Fact]
    public void A_second_row_of_a_type_is_refused()
    {
        var row = WireTable.Current.Rows.First();

        Assert.Throws<ArgumentException>(() => new WireTable([row, row with { Manifest = "another.v1" }]));
    }

    [Fact]
    public void A_second_row_of_a_manifest_is_refused()
    {
        var row = WireTable.Current.Rows.First();

        Assert.Throws<ArgumentException>(() => new WireTable([row, row with { Type = typeof(string) }]));
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void A_message_comes_back_as_it_went(string name)
    {
        var sample = Samples.Named(name);
        var table = WireTable.Current;

        var bytes = table.Encode(sample.Message);

        sample.AssertSameAs(table.Decode(bytes, table.Manifest(sample.Message)));
    }

    [Theory]
    [InlineData(typeof(FaultCode), typeof(V1.FaultCode))]
    [InlineData(typeof(VifPluggingOutcome), typeof(V1.VifPluggingOutcome))]
    [InlineData(typeof(InstanceVerb), typeof(V1.InstanceVerb))]
    [InlineData(typeof(InstancePhase), typeof(V1.InstancePhase))]
    [InlineData(typeof(StepKind), typeof(V1.StepKind))]
    [InlineData(typeof(StepStatus), typeof(V1.StepStatus))]
    [InlineData(typeof(RefusalCode), typeof(V1.RefusalCode))]
    [InlineData(typeof(Domain.Hosts.EngineState), typeof(V1.EngineState))]
    [InlineData(typeof(Domain.Images.ImageState), typeof(V1.ImageState))]
    [InlineData(typeof(EventKind), typeof(V1.EventKind))]
    [InlineData(typeof(EventOutcome), typeof(V1.EventOutcome))]
    [InlineData(typeof(Domain.Hosts.FindingKind), typeof(V1.FindingKind))]
    [InlineData(typeof(Domain.Hosts.FindingAction), typeof(V1.FindingAction))]
    [InlineData(typeof(RestartMode), typeof(V1.RestartMode))]
    [InlineData(typeof(UnhealthyAction), typeof(V1.UnhealthyAction))]
    [InlineData(typeof(LostAction), typeof(V1.LostAction))]
    [InlineData(typeof(RestartCause), typeof(V1.RestartCause))]
    [InlineData(typeof(HealthStatus), typeof(V1.HealthStatus))]
    [InlineData(typeof(DriftKind), typeof(V1.DriftKind))]
    [InlineData(typeof(ContainerCondition), typeof(V1.ContainerCondition))]
    [InlineData(typeof(Domain.Images.CollectReason), typeof(V1.CollectReason))]
    [InlineData(typeof(Domain.Hosts.PullState), typeof(V1.PullState))]
    [InlineData(typeof(Domain.Hosts.ImageFate), typeof(V1.ImageFate))]
    [InlineData(typeof(Domain.Options.OptionSource), typeof(V1.OptionSource))]
    [InlineData(typeof(Domain.Options.UserDataKind), typeof(V1.UserDataKind))]
    [InlineData(typeof(Domain.Audit.OperationEnd), typeof(V1.OperationEnd))]
    [InlineData(typeof(Domain.Audit.LifecycleTransition), typeof(V1.LifecycleTransition))]
    public void An_enum_has_the_same_names_and_numbers_on_both_sides(Type domain, Type wire) => Assert.Equal(
        Enum.GetValuesAsUnderlyingType(domain).Cast<int>().Select(number => (Enum.GetName(domain, number)!, number))
            .Prepend(("Unspecified", 0)),
        Enum.GetValuesAsUnderlyingType(wire).Cast<int>().Select(number => (Enum.GetName(wire, number)!, number)));

    [Fact]
    public void Every_enum_on_the_wire_is_held_to_its_counterpart()
    {
        var compared = typeof(WireTableTests).GetMethod(nameof(An_enum_has_the_same_names_and_numbers_on_both_sides))!
            .GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(InlineDataAttribute))
            .Select(attribute => attribute.ConstructorArguments[0].Value)
            .Cast<IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>>()
            .Select(pair => ((Type)pair[1].Value!).Name);

        Assert.Equal(
            typeof(V1.StepKind).Assembly.GetTypes()
                .Where(type => type.IsEnum && !type.IsNested && type.Namespace == typeof(V1.StepKind).Namespace)
                .Select(type => type.Name).Order(StringComparer.Ordinal),
            compared.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_time_keeps_its_hundred_nanoseconds_and_loses_its_offset_only()
    {
        var time = new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(5)).AddTicks(7654321);

        var back = time.ToWire().ToTime();

        Assert.Equal(time.UtcTicks, back.UtcTicks);
        Assert.Equal(TimeSpan.Zero, back.Offset);
    }

    [Fact]
    public void A_uuid_lies_on_the_wire_as_it_is_printed() => Assert.Equal(
        "6F1C2A345B6D4E7F8091A2B3C4D5E6F7",
        Convert.ToHexString(Guid.Parse("6f1c2a34-5b6d-4e7f-8091-a2b3c4d5e6f7").ToWire().Span));

    [GeneratedRegex(@"^(instance|host|compute)(\.[a-z]+(-[a-z]+)*)+\.v[1-9][0-9]*$")]
    private static partial Regex Manifest();
}
