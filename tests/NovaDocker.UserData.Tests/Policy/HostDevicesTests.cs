using NovaDocker.UserData.Policy;

namespace NovaDocker.UserData.Tests.Policy;

public sealed class HostDevicesTests
{
    private readonly FakeHost _host = new FakeHost()
        .With("/dev/fuse", "/dev/fuse2", "/dev/sda", "/dev/dm-0", "/dev/mapper/control", "/dev/video0", "/dev/snd/pcm", "/tmp")
        .WithLink("/dev/mapper/data", "../dm-0")
        .WithLink("/dev/video-disk", "sda")
        .WithLink("/tmp/fuse", "/dev/sda")
        .WithLink("/device", "/dev");

    [Theory]
    [InlineData("/dev/fuse:rw", "/dev/fuse:/dev/fuse:rw", "/dev/fuse:/dev/fuse:rw")]
    [InlineData("/dev/fuse:rw", "/dev/fuse:/dev/other:r", "/dev/fuse:/dev/other:r")]
    [InlineData("/dev/fuse:rw", "/dev/./x/..//fuse:/dev/fuse:w", "/dev/fuse:/dev/fuse:w")]
    [InlineData("/dev/fuse:rw", "/device/fuse:/dev/fuse:rw", "/dev/fuse:/dev/fuse:rw")]
    [InlineData("/device/fuse:rw", "/dev/fuse:/dev/fuse:rw", "/dev/fuse:/dev/fuse:rw")]
    [InlineData("/dev/video*:rwm", "/dev/video0:/dev/video0:rwm", "/dev/video0:/dev/video0:rwm")]
    [InlineData("/dev/mapper/*:rw", "/dev/mapper/control:/c:rw", "/dev/mapper/control:/c:rw")]
    [InlineData("/dev/dm-*:rw", "/dev/mapper/data:/dev/x:rw", "/dev/dm-0:/dev/x:rw")]
    [InlineData("/device/dm-*:rw", "/dev/dm-0:/dev/x:rw", "/dev/dm-0:/dev/x:rw")]
    [InlineData("/dev/snd:rw", "/dev/snd:/dev/snd:rw", "/dev/snd:/dev/snd:rw")]
    [InlineData("/*:rwm", "/dev/sda:/dev/sda:rwm", "/dev/sda:/dev/sda:rwm")]
    public void A_device_that_a_rule_names_is_given_resolved(string rule, string device, string resolved) =>
        Assert.Equal((resolved, (string?)null), Admit(rule, device));

    [Theory]
    [InlineData("/dev/fuse:rw", "/dev/fuse2:/dev/fuse:rw")]
    [InlineData("/dev/fuse:rw", "/dev/Fuse:/dev/fuse:rw")]
    [InlineData("/dev/fuse:rw", "/dev/fuse/../sda:/dev/fuse:rw")]
    [InlineData("/dev/fuse:rw", "/tmp/fuse:/dev/fuse:rw")]
    [InlineData("/dev/fuse:rw", "/dev:/dev/fuse:rw")]
    [InlineData("/dev/fuse:rw", "dev/fuse:/dev/fuse:rw")]
    [InlineData("/dev/fuse:rw", "/dev/fuse\0:/dev/fuse:rw")]
    [InlineData("/dev/fuse:rw", "/dev/fuse:/dev/fuse:rwm")]
    [InlineData("/dev/fuse:rw", "/dev/fuse:/dev/fuse:")]
    [InlineData("/dev/fuse:rw", "/dev/fuse:/dev/fuse:x")]
    [InlineData("/dev/fuse:rw", "/dev/fuse:/dev/fuse")]
    [InlineData("/dev/fuse:rw", "/dev/fuse:/a:/dev/fuse:rw")]
    [InlineData("/dev/video*:rw", "/dev/video-disk:/dev/x:rw")]
    [InlineData("/dev/video*:rw", "/dev/video/../sda:/dev/x:rw")]
    [InlineData("/dev/mapper/*:rw", "/dev/mapper/data:/dev/x:rw")]
    [InlineData("/dev/mapper/*:rw", "/dev/mapper:/dev/x:rw")]
    [InlineData("/dev/mapper/*:rw", "/dev/mapper/../sda:/dev/x:rw")]
    [InlineData("/dev/nothing:rw", "/dev/nothing:/dev/x:rw")]
    public void Anything_else_is_refused(string rule, string device)
    {
        var (resolved, problem) = Admit(rule, device);

        Assert.Null(resolved);
        Assert.NotNull(problem);
    }

    [Fact]
    public void A_refusal_says_what_is_allowed()
    {
        Assert.Equal("novadocker.policy.devices allows /dev/fuse:rw.", Admit("/dev/fuse:rw", "/dev/sda:/dev/sda:rw").Problem);
        Assert.Equal(
            "novadocker.policy.devices allows /dev/fuse:rw; no more access than that is expected.",
            Admit("/dev/fuse:rw", "/dev/fuse:/dev/fuse:rwm").Problem);
        Assert.Equal(
            "novadocker.policy.devices allows no device of the host.",
            HostDevices.Admit("/dev/sda:/dev/sda:rw", ContainerPolicy.Default, _host).Problem);
    }

    private (string? Resolved, string? Problem) Admit(string rule, string device)
    {
        var parts = rule.Split(':');
        var policy = ContainerPolicy.Default with { Devices = [new DeviceRule(parts[0], parts[1])] };
        var (resolved, _, problem) = HostDevices.Admit(device, policy, _host);
        return (resolved, problem);
    }
}
