using System.Text;
using Akka.Actor;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Policy;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Hosts;

/// <summary>What a host makes of a boot with user data: a spec that may lie in the journal, or a refusal with every reason.</summary>
public sealed class BootSettlerTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPSmYeyq2pn5h2hGKQ0d4rVJ8G2mZ9sY6m1eR0xV5Q1a demo@example";

    private static readonly HostCapacity Capacity = new(MemoryMb: 4096, Vcpus: 16, Processors: 4);

    private static readonly ContainerPolicy Sharing = ContainerPolicy.Default with { VolumesFrom = true };

    private static readonly ImageDescription Image = new(
        Sample.Image.Id, Sample.Image.Name, "sha256:00", 1, DateTimeOffset.UnixEpoch,
        new EquatableMap<string>([KeyValuePair.Create("os_command_line", "from the image")]));

    [Fact]
    public void Values_that_may_be_secret_are_sealed_and_all_else_is_as_it_was_asked_for()
    {
        var admitted = Admitted("""{"environment": {"A": "s3cret"}, "user": "1000", "log_config": {"type": "local", "config": {"max-size": "1m"}}}""");
        var spec = admitted.Spec;

        Assert.Equal("s3cret", new NoSecrets().Open(Sample.Id, "A", spec.Environment["A"]));
        Assert.Equal("1m", new NoSecrets().Open(Sample.Id, "max-size", spec.Options.Get(OptionKeys.SealedLogOptions)!.Values["max-size"]));
        Assert.Equal("1000", spec.Options.Text(OptionKeys.User));
        Assert.Equal(["from", "the", "image"], spec.Command);
        Assert.Contains(spec.Environment["A"].Ciphertext, Serialized(admitted), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", Serialized(admitted), StringComparison.Ordinal);
        Assert.NotEqual("1m", spec.Options.Get(OptionKeys.SealedLogOptions)!.Values["max-size"].Ciphertext);
    }

    [Fact]
    public void The_record_names_the_document_by_its_hash()
    {
        var record = Admitted("user: nobody").Spec.UserData!;

        Assert.Equal((UserDataKind.ContainerOptions, 12), (record.Kind, record.Bytes));
        Assert.Equal("331f580132bafa0293bbb3b71421c602f856e3e4722c2f05ea5aeffec063eaf8", record.Sha256);
    }

    [Fact]
    public void A_guests_script_changes_nothing_and_is_recorded()
    {
        var spec = Admitted("#cloud-config\nusers: []").Spec;

        Assert.Equal(UserDataKind.CloudConfig, spec.UserData!.Kind);
        Assert.Equal(ContainerOptions.None, spec.Options);
    }

    [Theory]
    [InlineData("privileged: true", RefusalCode.PolicyForbids)]
    [InlineData("privileged: true\nMemory: lots", RefusalCode.InvalidUserData)]
    public void Forbidden_and_wrong_are_told_apart(string userData, RefusalCode code)
    {
        var refused = Refused(userData);

        Assert.Equal(code, refused.Code);
        Assert.Contains("novadocker.policy.privileged", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_of_thousands_of_faults_fits_into_a_frame()
    {
        var refused = Refused(string.Join('\n', Enumerable.Range(0, 3000).Select(i => $"wrong-key-{i}: 1")));

        Assert.InRange(refused.Reason.Length, 10_000, 20_000);
        Assert.Matches("There are [0-9]+ more.$", refused.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_key_is_kept_only_where_keys_are_injected(bool injects)
    {
        var settler = new BootSettler(ContainerPolicy.Default, new PlainPaths(), new NoSecrets(), injects, contents: null);
        var boot = Sample.Wanted(Sample.Id) with { PublicKey = Key };

        var admitted = (HostProtocol.BootAdmitted)settler.Settle(new HostProtocol.AdmitBoot(Sample.Host, boot), Image, Capacity);

        Assert.Equal(injects ? Key : null, admitted.Spec.PublicKey);
    }

    [Fact]
    public void An_instance_on_the_same_host_is_settled_by_its_id()
    {
        var other = Sample.NewId();

        var admitted = (HostProtocol.BootAdmitted)SettleReferring(new HostProtocol.InstanceReference(other, Sample.Host, null));

        Assert.Equal([$"{other}:rw"], admitted.Spec.Options.Words(OptionKeys.VolumesFrom));
    }

    [Fact]
    public void An_instance_on_another_host_or_none_is_refused()
    {
        var elsewhere = (Refused)SettleReferring(new HostProtocol.InstanceReference(Sample.NewId(), new HostId("host-2"), null));
        var unknown = (Refused)SettleReferring(new HostProtocol.InstanceReference(null, null, "there is none."));
        var unsaid = Refused("volumes_from: [parent]", Sharing);

        Assert.Contains("another host", elsewhere.Reason, StringComparison.Ordinal);
        Assert.Contains("'parent'; there is none.", unknown.Reason, StringComparison.Ordinal);
        Assert.Contains("'parent'", unsaid.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spec_that_would_be_too_large_for_an_event_is_refused()
    {
        var refused = Refused($"environment: {{A: {new string('x', 40_000)}}}");

        Assert.Equal(RefusalCode.InvalidArgument, refused.Code);
    }

    private static object SettleReferring(HostProtocol.InstanceReference reference) => Settle(
        Boot("volumes_from: [parent]"), Sharing,
        new EquatableMap<HostProtocol.InstanceReference>([KeyValuePair.Create("parent", reference)]));

    private static HostProtocol.BootAdmitted Admitted(string userData) =>
        Assert.IsType<HostProtocol.BootAdmitted>(Settle(Boot(userData), ContainerPolicy.Default, EquatableMap<HostProtocol.InstanceReference>.Empty));

    private static Refused Refused(string userData, ContainerPolicy? policy = null) => Assert.IsType<Refused>(
        Settle(Boot(userData), policy ?? ContainerPolicy.Default, EquatableMap<HostProtocol.InstanceReference>.Empty));

    private static object Settle(
        ComputeProtocol.BootInstance boot, ContainerPolicy policy, EquatableMap<HostProtocol.InstanceReference> references) =>
        new BootSettler(policy, new PlainPaths(), new NoSecrets(), injectKeys: true, contents: null).Settle(
            new HostProtocol.AdmitBoot(Sample.Host, boot) { References = references }, Image, Capacity);

    /// <summary>A message as others get it, with every value that is in it.</summary>
    private static string Serialized(object message)
    {
        using var system = ActorSystem.Create("settler", TestSystem.Config);
        return Encoding.UTF8.GetString(system.Serialization.FindSerializerFor(message).ToBinary(message));
    }

    private static ComputeProtocol.BootInstance Boot(string userData) =>
        Sample.Wanted(Sample.Id) with { Command = [], UserData = Encoding.UTF8.GetBytes(userData) };
}
