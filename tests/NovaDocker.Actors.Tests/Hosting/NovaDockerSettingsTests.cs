using Akka.Configuration;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosting;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Instances;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Settings;
using NovaDocker.UserData.Policy;

namespace NovaDocker.Actors.Tests.Hosting;

public sealed class NovaDockerSettingsTests
{
    [Fact]
    public void Each_default_is_as_the_reference_says()
    {
        var settings = Read("");

        Assert.Equal(
            new NovaDockerSettings
            {
                DataDirectory = "/var/lib/novadocker",
                ClusterName = "novadocker",
                Engine = new EngineSettings
                {
                    Host = new Uri("unix:///var/run/docker.sock"),
                    TlsVerify = true,
                    MaxControlConnections = 8,
                    MaxLongConnections = 4,
                    ConnectTimeout = TimeSpan.FromSeconds(5),
                    ControlTimeout = TimeSpan.FromSeconds(30),
                    InactivityTimeout = TimeSpan.FromMinutes(2),
                    HealthInterval = TimeSpan.FromSeconds(5),
                },
                Host = new HostSettings { ReservedMemoryMb = 512, MemoryAllocationRatio = 1, CpuAllocationRatio = 16 },
                Images = new ImageSettings
                {
                    StoreDirectory = "/var/lib/novadocker/images",
                    SharedDirectory = null,
                    MaxTransfers = 2,
                    InactivityTimeout = TimeSpan.FromMinutes(2),
                    TransferTimeout = TimeSpan.FromHours(1),
                    UploadTimeout = TimeSpan.FromMinutes(1),
                    InitialBackoff = TimeSpan.FromSeconds(1),
                    MaxBackoff = TimeSpan.FromMinutes(1),
                    DiskReserveMb = 512,
                    CollectInterval = TimeSpan.FromMinutes(5),
                    Collection = new CollectionRules(TimeSpan.FromHours(24), 85, 80, TimeSpan.FromMinutes(2)),
                },
                Networks = NetworkSettingsTests.Defaults,
                Instances = new InstanceSettings
                {
                    StopGrace = TimeSpan.FromSeconds(10),
                    Deadlines = new EquatableMap<TimeSpan>(
                        [KeyValuePair.Create(nameof(StepKind.CommitContainer), TimeSpan.FromHours(1))]),
                    Policies = new StepPolicies(
                        new StepPolicy(6, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30)),
                        new StepPolicy(30, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(60))),
                    ResendInterval = TimeSpan.FromSeconds(15),
                    SnapshotEvery = 50,
                    PassivateAfter = TimeSpan.FromMinutes(2),
                },
                KeyDirectory = "/var/lib/novadocker/keys",
                ResolutionDirectory = "/var/lib/novadocker/resolution",
                ContentDirectory = "/var/lib/novadocker/contents",
                Policy = ContainerPolicy.Default,
                JournalDirectory = "/var/lib/novadocker/journal",
                SecretKeyFile = "/var/lib/novadocker/secret.key",
                Remoting = new RemotingSettings("127.0.0.1", 4053, null),
                Http = new HttpSettings(
                    "/var/lib/novadocker/http.sock",
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, ""),
                Log = new LogSettings("information", false, null),
            },
            settings);
    }

    [Fact]
    public void The_collection_of_images_can_be_switched_off()
    {
        var images = Read("images.collect { interval = off, unused-for = off, high-percent = 100, low-percent = 100 }").Images;

        Assert.Equal((null, null, 100), (images.CollectInterval, images.Collection.UnusedFor, images.Collection.HighPercent));
    }

    [Fact]
    public void A_step_may_have_attempts_waits_and_a_deadline_of_its_own()
    {
        var instances = Read(
            """
            instances {
              retry.max-attempts = 4
              steps {
                start-container { max-attempts = 2, deadline = 5s }
                remove-container { initial-backoff = 1s }
              }
            }
            """).Instances;

        var (start, remove) = (instances.Policies.For(StepKind.StartContainer), instances.Policies.For(StepKind.RemoveContainer));
        Assert.Equal(new StepPolicy(2, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30)), start);
        Assert.Equal(new StepPolicy(30, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)), remove);
        Assert.Equal(4, instances.Policies.For(StepKind.CreateContainer).MaxAttempts);
        Assert.Equal(TimeSpan.FromSeconds(5), instances.Deadlines[nameof(StepKind.StartContainer)]);
        Assert.Equal(TimeSpan.FromHours(1), instances.Deadlines[nameof(StepKind.CommitContainer)]);
        Assert.False(instances.Deadlines.ContainsKey(nameof(StepKind.RemoveContainer)));
        Assert.Equal(
            TimeSpan.FromSeconds(7),
            Read("instances.steps.update-container.deadline = 7s").Instances.Deadlines[nameof(StepKind.UpdateContainer)]);
        Assert.Equal(remove.MaxAttempts, instances.Policies.For(StepKind.RemoveRescue).MaxAttempts);
    }

    [Theory]
    [InlineData("engine.hots = \"unix:///x\"", "novadocker.engine.hots is no key; did you mean host?")]
    [InlineData("instances.stopgrace = 5s", "novadocker.instances.stopgrace is no key; did you mean stop-grace?")]
    [InlineData("wibble = 1", "novadocker.wibble is no key; all keys are in reference.conf.")]
    [InlineData("engine = 5", "novadocker.engine is '5'; a section in braces is expected.")]
    [InlineData("cluster-name { a = 1 }", "novadocker.cluster-name is a section; a value is expected.")]
    [InlineData("images.max-transfers { a = 1 }", "novadocker.images.max-transfers is a section; a value is expected.")]
    [InlineData("instances.stop-grace { a = 1 }", "novadocker.instances.stop-grace is a section; a value is expected.")]
    [InlineData("cluster-name = \"\"", "novadocker.cluster-name is empty; a value is expected.")]
    [InlineData("images.collect.low-percent = 90", "novadocker.images.collect.low-percent is 90; at most images.collect.high-percent, which is 85, is expected.")]
    [InlineData("images.collect.interval = never", "novadocker.images.collect.interval is 'never'; a time such as 500ms, 10s, 2m or 1h, from 1s to 24h, is expected.")]
    [InlineData("images.disk-reserve-mb = -1", "novadocker.images.disk-reserve-mb is '-1'; a whole number from 0 to 2147483647 is expected.")]
    [InlineData("images.retry.max-backoff = 1ms", "novadocker.images.retry.max-backoff is '1ms'; a time such as 500ms, 10s, 2m or 1h, from 1s to 24h, is expected.")]
    [InlineData("images.max-transfers = many", "novadocker.images.max-transfers is 'many'; a whole number from 1 to 64 is expected.")]
    [InlineData("images.max-transfers = 0", "novadocker.images.max-transfers is '0'; a whole number from 1 to 64 is expected.")]
    [InlineData("images.max-transfers = 65", "novadocker.images.max-transfers is '65'; a whole number from 1 to 64 is expected.")]
    [InlineData("images.max-transfers = 1.5", "novadocker.images.max-transfers is '1.5'; a whole number from 1 to 64 is expected.")]
    [InlineData("host.cpu-allocation-ratio = 0", "novadocker.host.cpu-allocation-ratio is '0'; a number from 0.1 to 1000 is expected.")]
    [InlineData("instances.stop-grace = soon", "novadocker.instances.stop-grace is 'soon'; a time such as")]
    [InlineData("instances.resend-interval = 10ms", "novadocker.instances.resend-interval is '10ms'; a time such as")]
    [InlineData("instances.retry { initial-backoff = 10s, max-backoff = 1s }", "novadocker.instances.retry.max-backoff is '1s'")]
    [InlineData("instances.steps.start-contaner.deadline = 5s", "novadocker.instances.steps.start-contaner is no key; did you mean start-container?")]
    [InlineData("instances.steps.start-container.max-attemts = 5", "novadocker.instances.steps.start-container.max-attemts is no key; did you mean max-attempts?")]
    [InlineData("instances.steps.start-container.max-attempts = 0", "novadocker.instances.steps.start-container.max-attempts is '0'; a whole number from 1 to 1000 is expected.")]
    [InlineData("instances.steps.start-container.deadline = soon", "novadocker.instances.steps.start-container.deadline is 'soon'; a time such as")]
    [InlineData("instances.steps.ensure-image.deadline = 5s", "novadocker.instances.steps.ensure-image.deadline is set; images.transfer-timeout in its place is expected.")]
    [InlineData("instances.steps.ensure-rescue-image.deadline = 5s", "novadocker.instances.steps.ensure-rescue-image.deadline is set; images.transfer-timeout in its place is expected.")]
    [InlineData("instances.steps.await-vifs.deadline = 5s", "novadocker.instances.steps.await-vifs.deadline is set; the wait that the boot asks for in its place is expected.")]
    [InlineData("engine.tls.verify = perhaps", "novadocker.engine.tls.verify is 'perhaps'; on or off is expected.")]
    [InlineData("engine.tls.ca-file = \"/no/such.pem\"", "novadocker.engine.tls.ca-file is '/no/such.pem', which does not exist")]
    [InlineData("engine.host = \"npipe://x\"", "novadocker.engine.host is 'npipe://x'; unix:///path")]
    [InlineData("engine.host = \"tcp://x\"", "novadocker.engine.host is 'tcp://x'; unix:///path")]
    [InlineData("log.level = loud", "novadocker.log.level is 'loud'; one of debug, information, warning, error is expected.")]
    [InlineData("remoting.port = 70000", "novadocker.remoting.port is '70000'; a whole number from 0 to 65535 is expected.")]
    [InlineData("remoting.hostname = \"0.0.0.0\"", "novadocker.remoting.hostname is '0.0.0.0', which others can reach")]
    [InlineData("remoting.hostname = \"node-1\"", "novadocker.remoting.hostname is 'node-1', which others can reach")]
    [InlineData("remoting.tls.enabled = on", "novadocker.remoting.tls.certificate-file is empty")]
    public void What_cannot_be_meant_is_named_with_its_value_and_what_is_allowed(string line, string problem)
    {
        var error = Assert.Throws<SettingsException>(() => Read(line));

        Assert.Contains(error.Problems, found => found.StartsWith(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var error = Assert.Throws<SettingsException>(() => Read("wibble = 1, remoting.port = -1, log.level = loud"));

        Assert.Equal(3, error.Problems.Count);
        Assert.All(error.Problems, problem => Assert.Contains(problem, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("::1")]
    public void Loopback_needs_no_tls(string hostname) =>
        Assert.Equal(hostname, Read($"remoting.hostname = \"{hostname}\"").Remoting.Hostname);

    [Fact]
    public void Paths_that_are_not_given_lie_in_the_data_directory()
    {
        var settings = Read("data-directory = \"/srv/nova\", journal.directory = \"/ssd/journal\"");

        Assert.Equal(
            ("/srv/nova/images", "/ssd/journal", "/srv/nova/secret.key"),
            (settings.Images.StoreDirectory, settings.JournalDirectory, settings.SecretKeyFile));
    }

    [Fact]
    public void A_journal_directory_that_cannot_be_written_is_named()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Combine("file");
        File.WriteAllText(file, "");

        var error = Assert.Throws<SettingsException>(() => JournalFiles.Prepare(file + "/journal"));

        Assert.StartsWith(
            $"novadocker.journal.directory is '{file}/journal', which cannot be written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_journal_and_the_snapshots_are_a_file_each_in_write_ahead_mode()
    {
        using var directory = new TemporaryDirectory();

        JournalFiles.Prepare(directory.Path);
        JournalFiles.Prepare(directory.Path);

        foreach (var name in new[] { "journal.db", "snapshots.db" })
        {
            // Bytes 18 and 19 of an SQLite file are 2 where it is in write-ahead mode.
            Assert.Equal([2, 2], File.ReadAllBytes(directory.Combine(name))[18..20]);
        }
    }

    private static NovaDockerSettings Read(string text) =>
        NovaDockerSettings.Read(ConfigurationFactory.ParseString($"novadocker {{ {text} }}"));
}
