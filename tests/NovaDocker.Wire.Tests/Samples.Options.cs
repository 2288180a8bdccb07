using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Hosts.HostProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Tests;

/// <summary>
/// What came with container options and user data. The older samples leave it all out: their golden bytes were written
/// before there was any, and are read as without.
/// </summary>
public static partial class Samples
{
    private const string PublicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIK83cYefCeP87/OEeL03FBQan9nwoWqV+op5BcJGxdj alice@hóst";

    /// <summary>A value of every form, and of every form an empty one.</summary>
    private static ContainerOptions Options => new(Map<OptionValue>(
        (OptionKeys.User.Name, new OptionValue.Text("1000:ünïcode")),
        (OptionKeys.Domainname.Name, new OptionValue.Text("")),
        (OptionKeys.Memory.Name, new OptionValue.Number(1L << 40)),
        (OptionKeys.PidsLimit.Name, new OptionValue.Number(-1)),
        (OptionKeys.StopTimeout.Name, new OptionValue.Number(0)),
        (OptionKeys.Tty.Name, new OptionValue.Switch(true)),
        (OptionKeys.AttachStdin.Name, new OptionValue.Switch(false)),
        (OptionKeys.Dns.Name, new OptionValue.Words(["8.8.8.8", "", "2001:db8::1", "8.8.8.8"])),
        (OptionKeys.CapAdd.Name, new OptionValue.Words([])),
        (OptionKeys.Labels.Name, new OptionValue.Pairs(Map(("b", "2"), ("a", ""), ("B", "3")))),
        (OptionKeys.Sysctls.Name, new OptionValue.Pairs(EquatableMap<string>.Empty)),
        (OptionKeys.SealedLogOptions.Name, new OptionValue.SealedPairs(Map(("tag", new SealedValue("k1", "bm9uY2U="))))),
        (OptionKeys.HealthCheck.Name, new OptionValue.Check(Check)),
        (OptionKeys.RestartPolicy.Name, new OptionValue.Restart(new RestartPolicy(RestartMode.OnFailure, 5)))));

    private static EquatableMap<OptionOrigin> Origins => Map(
    [
        .. Enum.GetValues<OptionSource>().Select(source => ($"env.{source}", new OptionOrigin(source, ""))),
        (OptionKeys.Memory.Name, new OptionOrigin(OptionSource.UserData, "HostConfig.Memory, line 3")),
    ]);

    private static UserDataRecord UserData =>
        new(UserDataKind.ContainerOptions, "e3b0c442", 65_535, ["Image is 'base'; it is not used.", ""]);

    private static InstanceSpec OptionedSpec => KeptUpSpec with
    {
        Options = Options, Origins = Origins, UserData = UserData, PublicKey = PublicKey,
    };

    private static ContainerOptions ImageDefaults => new(Map<OptionValue>(
        (OptionKeys.Command.Name, new OptionValue.Words(["sh"])),
        (OptionKeys.Environment.Name, new OptionValue.Pairs(Map(("PATH", "/bin"), ("LANG", "C.UTF-8"))))));

    private static InstanceView OptionedView => KeptUpView with
    {
        Options =
        [
            new OptionView("env.A", "(sealed)", new OptionOrigin(OptionSource.Metadata, "")),
            new OptionView("memory", "", new OptionOrigin(OptionSource.UserData, "HostConfig.Memory, line 3")),
        ],
        UserData = UserData,
    };

    private static BootInstance OptionedBoot => new(
        Instance, Request, "web-1", "cirros", 2048, 2, [], EquatableMap<string>.Empty)
    {
        UserData = new byte[] { 0x1f, 0x8b, 0, 255, (byte)'\n' },
        Metadata = Map(("role", "web"), ("EMPTY", "")),
        PublicKey = PublicKey,
    };

    private static IEnumerable<Sample> OptionEvents()
    {
        yield return new("boot-requested-with-options", new BootRequested(
            Header(InstancePhase.Absent, InstancePhase.Building), Operation, Steps, OptionedSpec, Resolved));
        yield return new("boot-requested-with-key-alone", new BootRequested(
            Header(InstancePhase.Absent, InstancePhase.Building), Operation, Steps, BareSpec with { PublicKey = PublicKey }, Resolved));
        foreach (var kind in Enum.GetValues<UserDataKind>())
        {
            yield return new($"boot-requested-with-user-data-{kind}", new BootRequested(
                Header(InstancePhase.Absent, InstancePhase.Building), Operation, [],
                BareSpec with { UserData = new UserDataRecord(kind, "", 0, []) }, Resolved));
        }

        yield return new("step-completed-image-ready-with-defaults", new StepCompleted(
            Within(InstancePhase.Building), Operation, StepKind.EnsureImage, 1,
            new StepResult.ImageReady("sha256:feed", "", 0, "engine") { Defaults = ImageDefaults }));
        foreach (var code in (RefusalCode[])[RefusalCode.InvalidUserData, RefusalCode.PolicyForbids])
        {
            yield return new($"command-answered-{code}", new CommandAnswered(
                Within(InstancePhase.Stopped), InstanceVerb.Boot, new Refused(Instance, code, "line 1: one\nline 2: two")));
        }
    }

    private static IEnumerable<Sample> OptionSnapshots()
    {
        var facts = new InstanceFacts(
            Instance, 9, OptionedSpec, Resolved, Host, Alice, Time, Time.AddTicks(1), "sha256:feed", null, null, null, null, [])
        {
            ImageDefaults = ImageDefaults,
        };
        yield return new("state-resting-with-options", new InstanceSnapshot(
            new InstanceState.Resting(facts, InstancePhase.Active)));
        yield return new("state-working-with-options", new InstanceSnapshot(new InstanceState.Working(facts, new Operation(
            Operation, InstanceVerb.Boot, Request, InstancePhase.Absent, [StepKind.CreateContainer], StepStatus.Running, 1, 9,
            null, null, null))));
    }

    private static IEnumerable<Sample> OptionMessages()
    {
        yield return new("boot-with-options", new Boot(Instance, Request, OptionedSpec, Resolved, Host));
        yield return new("record-step-completed-image-ready-with-defaults", new RecordStepCompleted(
            Instance, Token, new StepResult.ImageReady("sha256:feed", "", 0, "engine") { Defaults = ImageDefaults }));
        yield return new("run-step-with-options", new RunStep(
            Host, Instance, Operation, Token, StepKind.CreateContainer, 1, OptionedSpec, Resolved, Alice, "sha256:feed", null,
            null, null));
        yield return new("instance-found-with-options", new InstanceFound(Instance, OptionedView));
        yield return new("boot-instance-with-user-data", OptionedBoot);
        yield return new("boot-instance-with-much-user-data", OptionedBoot with { UserData = new byte[65_535] });
        yield return new("admit-boot-with-references", new AdmitBoot(Host, OptionedBoot)
        {
            References = Map(
                ("redis3", new InstanceReference(Instance, Host, null)),
                ("parent", new InstanceReference(null, null, "no instance of this project has that name or id."))),
        });
        yield return new("boot-admitted-with-options", new BootAdmitted(Instance, Resolved, OptionedSpec));
    }
}
