using System.Reflection;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Options;

namespace NovaDocker.UserData.Tests.Options;

/// <summary>The table itself, and what is printed from it.</summary>
public sealed class OptionTableTests
{
    /// <summary>The keys of <c>novadocker.policy</c>.</summary>
    private static readonly string[] PolicyKeys =
    [
        "privileged", "host-paths", "devices", "capabilities", "security-options", "network-modes", "published-ports", "ephemeral-ports",
        "links", "volumes-from", "sysctls", "device-requests", "log-drivers",
    ];

    [Fact]
    public void Every_option_has_one_row()
    {
        var options = typeof(OptionKeys).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null)!.ToString()).Distinct().Order();
        Assert.Equal(options, OptionTable.Rows.Where(row => row.Option is not null).Select(row => row.Option).Order());
    }

    [Fact]
    public void A_key_that_stands_in_two_rows_is_the_same_in_both() => Assert.All(
        OptionTable.Rows.SelectMany(row => row.Keys).GroupBy(key => key.Name),
        keys => Assert.Single(keys.Distinct()));

    [Fact]
    public void Every_key_has_a_form_and_a_place() => Assert.All(
        OptionTable.Rows.SelectMany(row => row.Keys),
        key =>
        {
            Assert.NotNull(key.Form);
            Assert.NotEqual(KeyPlaces.None, key.Places);
            Assert.Equal(key.Vocabulary == Vocabulary.Engine, char.IsUpper(key.Name[0]));
        });

    [Fact]
    public void Every_row_says_all_there_is_to_say() => Assert.All(
        OptionTable.Rows,
        row =>
        {
            Assert.NotEmpty(row.Keys);
            Assert.NotEmpty(row.Type);
            Assert.NotEmpty(row.Target);
            Assert.EndsWith(".", row.Text, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', row.Text);
            Assert.Subset(PolicyKeys.ToHashSet(), row.PolicyKeys.ToHashSet());
        });

    [Fact]
    public void Every_policy_key_has_a_row() => Assert.Equal(
        PolicyKeys.Order(), OptionTable.Rows.SelectMany(row => row.PolicyKeys).Distinct().Order());

    [Fact]
    public void The_guide_is_a_table_with_a_line_for_each_row()
    {
        var lines = OptionGuide.Markdown().TrimEnd('\n').Split('\n');
        Assert.Equal(OptionTable.Rows.Length + 2, lines.Length);
        Assert.All(lines, line => Assert.Equal(8, line.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|')));
        Assert.Contains("| `memory` | `[HostConfig.]Memory` | `[host_config.]mem_limit` | size | HostConfig.Memory |  | Memory limit: the flavor's memory or less. |", lines);
        Assert.All(OptionTable.Rows.SelectMany(row => row.Keys), key => Assert.Contains($"`{key}`", string.Join('\n', lines), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void The_plain_text_keeps_to_its_width(int width)
    {
        var text = OptionGuide.PlainText(width);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.Contains("\nmemory\n    keys: [HostConfig.]Memory, [host_config.]mem_limit\n    type: size\n", text, StringComparison.Ordinal);
        Assert.All(OptionTable.Rows, row => Assert.Contains($"{row.Title}\n", text, StringComparison.Ordinal));
    }
}
