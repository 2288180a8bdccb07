using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Instances;

public sealed class InstanceSpecRulesTests
{
    [Fact]
    public void A_sound_spec_has_no_problem() => Assert.Empty(InstanceSpecRules.Problems(Sample.Spec));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_name_is_needed(string name) =>
        AssertProblem(Sample.Spec with { Name = name }, "name is empty; give 1 to 255 characters.");

    [Fact]
    public void A_name_may_be_255_characters_long() =>
        Assert.Empty(InstanceSpecRules.Problems(Sample.Spec with { Name = new string('n', 255) }));

    [Fact]
    public void A_longer_name_is_a_problem() =>
        AssertProblem(
            Sample.Spec with { Name = new string('n', 256) }, "name has 256 characters; at most 255 are allowed.");

    [Fact]
    public void A_control_character_in_the_name_is_a_problem() =>
        AssertProblem(
            Sample.Spec with { Name = "web\n1" }, "name holds a control character; printable characters only.");

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(16L * 1024 * 1024 + 1)]
    public void Memory_out_of_range_is_a_problem(long memory) =>
        AssertProblem(
            Sample.Spec with { MemoryMb = memory },
            $"memory-mb is {memory}; a number from 6 to 16777216 is expected.");

    [Theory]
    [InlineData(6)]
    [InlineData(16L * 1024 * 1024)]
    public void Memory_at_either_end_of_the_range_is_sound(long memory) =>
        Assert.Empty(InstanceSpecRules.Problems(Sample.Spec with { MemoryMb = memory }));

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(4097)]
    public void Processors_out_of_range_are_a_problem(int vcpus) =>
        AssertProblem(
            Sample.Spec with { Vcpus = vcpus }, $"vcpus is {vcpus}; a number from 1 to 4096 is expected.");

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    public void Processors_at_either_end_of_the_range_are_sound(int vcpus) =>
        Assert.Empty(InstanceSpecRules.Problems(Sample.Spec with { Vcpus = vcpus }));

    [Theory]
    [InlineData("")]
    [InlineData("A=B")]
    [InlineData("A\nB")]
    [InlineData("A\0B")]
    public void A_variable_that_no_process_can_be_given_is_a_problem(string name) =>
        AssertProblem(
            Sample.Spec with { Environment = Environment(name, "x") },
            $"env has a variable named '{name}'; a name has no '=' and no control character, and is not empty.");

    [Fact]
    public void A_nul_in_the_command_is_a_problem() =>
        AssertProblem(
            Sample.Spec with { Command = ["echo", "a\0b"] }, "command holds a NUL character; no process can be given one.");

    [Fact]
    public void Every_problem_is_named_at_once() =>
        Assert.Equal(
            3, InstanceSpecRules.Problems(Sample.Spec with { Name = "", MemoryMb = 0, Vcpus = 0 }).Count);

    private static void AssertProblem(InstanceSpec spec, string problem) =>
        Assert.Equal([problem], InstanceSpecRules.Problems(spec));

    private static EquatableMap<SealedValue> Environment(string name, string ciphertext) =>
        new([KeyValuePair.Create(name, new SealedValue("key-1", ciphertext))]);
}
