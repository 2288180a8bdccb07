using System.Net;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cli.Tests.Commands;

/// <summary>The verbs about the ports of instances.</summary>
public sealed class InterfaceTests
{
    private const string Port = "7a5c3b1d-0e2f-4142-8384-95a6b7c8d9ea";

    private readonly Shell _shell = new();

    [Fact]
    public async Task A_boot_has_a_port_for_each_nic_of_its_line()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync(
            "boot", "--name", "web", "--image", "nginx", "--nic", "net=blue", "--nic", "net=red,ip=10.2.0.5,mac=fa:16:3e:00:00:01"));

        Assert.Equal(
            [
                new NicRequest { Network = new NetworkId("blue") },
                new NicRequest
                {
                    Network = new NetworkId("red"),
                    Addresses = [new NicAddress(IPAddress.Parse("10.2.0.5"), null)],
                    Mac = new MacAddress("fa:16:3e:00:00:01"),
                },
            ],
            Assert.Single(_shell.Client.Sent.OfType<ComputeProtocol.BootInstance>()).Nics);
    }

    [Fact]
    public async Task A_boot_without_any_has_no_network()
    {
        await _shell.RunAsync("boot", "--name", "web", "--image", "nginx");

        Assert.True(Assert.Single(_shell.Client.Sent.OfType<ComputeProtocol.BootInstance>()).Nics.IsEmpty);
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_nics_is_told_at_once()
    {
        Assert.Equal(ExitCodes.Usage, await _shell.RunAsync(
            "boot", "--name", "web", "--image", "nginx", "--nic", "nett=blue,mtu=1", "--nic", "net=red,ip=x"));

        foreach (var words in new[]
        {
            "--nic is 'nett=blue,mtu=1': nett is no key of a port; did you mean net?", "mtu is '1'; bytes is expected.",
            "--nic is 'net=red,ip=x': ip is 'x'; an address",
        })
        {
            Assert.Contains(words, _shell.Error, StringComparison.Ordinal);
        }

        Assert.Empty(_shell.Client.Sent);
    }

    [Fact]
    public async Task More_ports_than_an_instance_may_have_are_refused_here()
    {
        var nics = Enumerable.Repeat(new[] { "--nic", "net=blue" }, VifRules.MaxPorts + 1).SelectMany(nic => nic);

        Assert.Equal(ExitCodes.Usage, await _shell.RunAsync(["boot", "--name", "web", "--image", "nginx", .. nics]));
        Assert.Contains("--nic is there 33 times; at most 32 ports are possible.", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attachment_is_sent_and_waited_for()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync(
            "interface-attach", Samples.Web.ToString(), "--nic", "net=blue", "--request-id", "req-7", "--engine-away", "refuse"));

        var sent = Assert.IsType<ComputeProtocol.AttachNic>(_shell.Client.Sent[0]);
        Assert.Equal(
            (Samples.Web, "req-7", new NicRequest { Network = new NetworkId("blue") }, true),
            (sent.InstanceId, sent.Request.RequestId, sent.Nic, sent.RefuseIfEngineAway));
        Assert.Equal($"{Samples.Web} active on compute-1", _shell.Out.TrimEnd());
    }

    [Fact]
    public async Task An_attachment_that_failed_has_the_code_of_its_fault()
    {
        _shell.Client.Course = id => [Samples.View(id, fault: new Fault(FaultCode.Conflict, "The address is taken."))];

        Assert.Equal(ExitCodes.Failed, await _shell.RunAsync("interface-attach", Samples.Web.ToString(), "--nic", "net=blue"));
        Assert.Contains("interface-attach failed: The address is taken.", _shell.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RefusalCode.NoSandbox, ExitCodes.Refused, "no-sandbox")]
    [InlineData(RefusalCode.NoAddress, ExitCodes.Refused, "no-address")]
    [InlineData(RefusalCode.PortInUse, ExitCodes.Refused, "port-in-use")]
    [InlineData(RefusalCode.NoPort, ExitCodes.NotFound, "not-found")]
    public async Task A_refusal_has_its_exit_code(RefusalCode code, int exitCode, string error)
    {
        _shell.Client.Reply = id => new Refused(id, code, "Not that one.");

        Assert.Equal(exitCode, await _shell.RunAsync("--json", "interface-attach", Samples.Web.ToString(), "--nic", "net=blue"));

        Assert.Equal((error, "Not that one."), (
            _shell.ErrorRow.GetProperty("error").GetString(), _shell.ErrorRow.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData(Port)]
    [InlineData("7a5c")]
    [InlineData("7A5C3B1D-0e")]
    [InlineData("FA-16-3E-00-00-01")]
    [InlineData("203.0.113.7")]
    public async Task A_port_is_named_by_its_id_a_beginning_of_it_its_mac_or_an_address(string port)
    {
        _shell.Client.Instances.Add(Ported());

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("interface-detach", "web", port, "--request-id", "req-7"));

        var sent = Assert.Single(_shell.Client.Sent.OfType<DetachInterface>());
        Assert.Equal((Samples.Web, "req-7", PortId.Parse(Port)), (sent.InstanceId, sent.Request.RequestId, sent.Port));
    }

    [Fact]
    public async Task A_whole_id_is_left_to_the_node()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("interface-detach", Samples.Web.ToString(), Port));

        Assert.IsType<DetachInterface>(_shell.Client.Sent[0]);
    }

    [Theory]
    [InlineData("7a5")]
    [InlineData("10.1.0.5")]
    public async Task A_text_that_means_several_ports_names_them(string port)
    {
        _shell.Client.Instances.Add(Ported());

        Assert.Equal(ExitCodes.Usage, await _shell.RunAsync("interface-detach", "web", port));
        Assert.Contains($"2 ports of the instance are meant by '{port}'.", _shell.Error, StringComparison.Ordinal);
        Assert.Contains($"{Port}, 7a5d0000-", _shell.Error, StringComparison.Ordinal);
        Assert.Empty(_shell.Client.Sent.OfType<DetachInterface>());
    }

    [Fact]
    public async Task A_port_that_is_not_there_is_a_miss_that_tells_which_are()
    {
        _shell.Client.Instances.Add(Ported());

        Assert.Equal(ExitCodes.NotFound, await _shell.RunAsync("interface-detach", "web", "10.1.0.99"));
        Assert.Contains("The instance has no port '10.1.0.99'.", _shell.Error, StringComparison.Ordinal);
        Assert.Contains($"It has {Port} fa:16:3e:00:00:01 10.1.0.5; 7a5d0000-", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_text_means_no_port()
    {
        Assert.Equal(ExitCodes.Usage, await _shell.RunAsync("interface-detach", Samples.Web.ToString(), ""));
        Assert.Contains("PORT is empty", _shell.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show")]
    [InlineData("interface-list")]
    public async Task Ports_are_listed_with_what_identifies_them(string verb)
    {
        _shell.Client.Instances.Add(Ported());

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync(verb, "web"));

        Assert.Matches(@"PORT +NETWORK +INTERFACE +MAC +ADDRESSES +DEVICE +BRIDGE +PLUGGED\n", _shell.Out);
        Assert.Matches(
            $@"\n{Port} +blue \(The\\nblue one\) +eth0 +fa:16:3e:00:00:01 +10\.1\.0\.5 \(203\.0\.113\.7\) +tap7a5c3b1d-0e +brqblue +yes\n",
            _shell.Out);
        Assert.Matches(@"\n7a5d0000-[0-9a-f-]+ +red +eth1 +fa:16:3e:00:00:02 +10\.1\.0\.5 +tap7a5d0000-0e +brqred +no", _shell.Out);
    }

    [Fact]
    public async Task Show_tells_the_sandbox_and_whether_it_runs()
    {
        _shell.Client.Instances.Add(Ported());
        await _shell.RunAsync("show", "web");
        Assert.Matches(@"\nsandbox +5a4db0c5\n", _shell.Out);

        _shell.Client.Instances[0] = Ported() with { IsSandboxUp = false };
        await _shell.RunAsync("show", "web");
        Assert.Matches(@"\nsandbox +5a4db0c5 \(it does not run\)\n", _shell.Out);
    }

    [Fact]
    public async Task Show_for_programs_has_ports_and_sandbox()
    {
        _shell.Client.Instances.Add(Ported());

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("show", "web", "--json"));

        var row = Assert.Single(_shell.Rows);
        Assert.Equal(("5a4db0c5", true), (row.GetProperty("sandboxId").GetString(), row.GetProperty("sandboxUp").GetBoolean()));
        Assert.Equal(Port, row.GetProperty("ports")[0].GetProperty("id").GetString());
        Assert.Equal(2, row.GetProperty("addresses").GetArrayLength());
    }

    [Fact]
    public async Task A_port_for_programs_has_all_of_it()
    {
        _shell.Client.Instances.Add(Ported());

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("interface-list", "web", "--json"));

        Assert.Equal(
            $$"""{"id":"{{Port}}","interface":"eth0","mac":"fa:16:3e:00:00:01","networkId":"blue","networkName":"The\nblue one","type":"bridge","device":"tap7a5c3b1d-0e","bridge":"brqblue","plugged":true,"mtu":1442,"vlan":null,"addresses":[{"address":"10.1.0.5","prefixLength":24,"floatingIps":["203.0.113.7"]}],"gateways":["10.1.0.1"],"dns":["10.1.0.2"]}""",
            _shell.Out.Split('\n')[0]);
    }

    [Fact]
    public async Task An_instance_without_ports_has_a_note_and_no_table()
    {
        _shell.Client.Instances.Add(Samples.View());

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("interface-list", "web"));
        Assert.Equal("", _shell.Out);
        Assert.Contains($"Instance {Samples.Web} has no ports.", _shell.Error, StringComparison.Ordinal);
        await _shell.RunAsync("show", "web");
        Assert.DoesNotContain("PORT", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_tells_the_first_addresses()
    {
        _shell.Client.Instances.Add(Ported() with { Ports = [PortSamples.First, PortSamples.Second, PortSamples.Second] });

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("list"));

        Assert.Matches(@"^ID +NAME .*SINCE +ADDRESSES\n", _shell.Out);
        Assert.EndsWith(" 10.1.0.5 10.1.0.5 …", _shell.Out.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diagnostics_tell_what_went_through_each_port()
    {
        _shell.Client.Diagnostics = [Through(PortSamples.First, new VifCounters(1, 2, 3, 4, 5, 6, 7, 8)), Through(PortSamples.Second, null)];

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("diagnostics", Samples.Web.ToString()));

        Assert.Equal([new GetDiagnostics(Samples.Web)], _shell.Client.Sent);
        Assert.Matches($@"\n{Port} +eth0 +fa:16:3e:00:00:01 +tap7a5c3b1d-0e +1 +2 +3 +4 +5 +6 +7 +8\n", _shell.Out);
        Assert.Matches(@"\n7a5d0000-[0-9a-f-]+ +eth1 +fa:16:3e:00:00:02 +tap7a5d0000-0e( +-){8}", _shell.Out);
    }

    [Fact]
    public async Task Diagnostics_for_programs_are_null_where_a_port_is_not_plugged()
    {
        _shell.Client.Diagnostics = [Through(PortSamples.First, new VifCounters(1, 2, 3, 4, 5, 6, 7, 8)), Through(PortSamples.Second, null)];

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("diagnostics", Samples.Web.ToString(), "--json"));

        Assert.Equal((true, 1, 8), (
            _shell.Rows[0].GetProperty("plugged").GetBoolean(), _shell.Rows[0].GetProperty("rxBytes").GetInt64(),
            _shell.Rows[0].GetProperty("txDrops").GetInt64()));
        Assert.Equal(
            (false, System.Text.Json.JsonValueKind.Null),
            (_shell.Rows[1].GetProperty("plugged").GetBoolean(), _shell.Rows[1].GetProperty("rxBytes").ValueKind));
    }

    private static InstanceView Ported() => Samples.View() with
    {
        Ports = [PortSamples.First, PortSamples.Second],
        SandboxId = "5a4db0c5",
        IsSandboxUp = true,
    };

    private static PortDiagnostics Through(InstancePort port, VifCounters? counters) =>
        new(port.Vif.Id, port.Vif.Mac, port.Vif.Device, port.Interface, counters);
}
