using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Instances;

public sealed class HostNameTests
{
    [Theory]
    [InlineData("web-1", "web-1")]
    [InlineData("Web Server_1", "web-server-1")]
    [InlineData("häuser.example", "huser-example")]
    [InlineData("a-", "a")]
    [InlineData("--a", "a")]
    [InlineData("---", "11111111-2222-3333-4444-555555555555")]
    [InlineData("日本", "11111111-2222-3333-4444-555555555555")]
    public void A_host_name_is_one_that_a_host_may_have(string name, string hostname) =>
        Assert.Equal(hostname, HostName.Of(name, Sample.Id));

    [Fact]
    public void A_host_name_is_no_longer_than_a_label() =>
        Assert.Equal(new string('n', HostName.MaxLength), HostName.Of(new string('n', 255), Sample.Id));
}
