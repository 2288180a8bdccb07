using NovaDocker.Domain.Options;

namespace NovaDocker.UserData.Tests.Options;

/// <summary>Keys that are unknown, in the wrong place, or given more than once; and where things are said to stand.</summary>
public sealed class KeyTests
{
    [Theory]
    [InlineData("{Memry: 5}", "line 1, column 2: Memry is not a known key; did you mean 'Memory'?")]
    [InlineData("{memory: 5}", "line 1, column 2: memory is not a known key; 'Memory' is: small letters and capitals differ.")]
    [InlineData("{MEM_LIMIT: 5}", "line 1, column 2: MEM_LIMIT is not a known key; 'mem_limit' is: small letters and capitals differ.")]
    [InlineData("{hostconfig: {}}", "line 1, column 2: hostconfig is not a known key; 'HostConfig' is: small letters and capitals differ.")]
    [InlineData("{enviroment: {}}", "line 1, column 2: enviroment is not a known key; did you mean 'environment'?")]
    [InlineData("{HostConfig: {Bind: []}}", "line 1, column 15: HostConfig.Bind is not a known key; did you mean 'Binds'?")]
    [InlineData("{HostConfig: {PrivilegeD: []}}", "line 1, column 15: HostConfig.PrivilegeD is not a known key; 'Privileged' is: small letters and capitals differ.")]
    [InlineData("{zzzzzzzzzzzzzz: 1}", "line 1, column 2: zzzzzzzzzzzzzz is not a known key; all keys are listed by 'novadocker user-data --help'.")]
    [InlineData("{Binds: []}", "line 1, column 2: Binds is in the wrong place; it belongs in HostConfig.")]
    [InlineData("{Bindss: []}", "line 1, column 2: Bindss is not a known key; did you mean 'binds'?")]
    [InlineData("{host_config: {environment: {}}}", "line 1, column 16: host_config.environment is in the wrong place; it belongs at the top of the document.")]
    [InlineData("{HostConfig: {HostConfig: {}}}", "line 1, column 15: HostConfig.HostConfig is in the wrong place; it belongs at the top of the document.")]
    [InlineData("{HostConfig: [a]}", "line 1, column 14: HostConfig is a list; a mapping of keys such as Binds is expected.")]
    [InlineData("{\"a\\u001bb\": 1}", "line 1, column 2: a\\u001bb is not a known key; all keys are listed by 'novadocker user-data --help'.")]
    [InlineData("{'': 1}", "line 1, column 2: '' is not a known key; all keys are listed by 'novadocker user-data --help'.")]
    [InlineData("{HostConfig: {Hostnme: a}}", "line 1, column 15: HostConfig.Hostnme is not a known key; did you mean 'Hostname'?")]
    public void An_unknown_key_is_a_fault_that_names_the_nearest(string document, string fault) =>
        Assert.Equal([fault], Reading.Faults(document));

    [Fact]
    public void All_faults_come_at_once_in_the_order_of_the_document() => Assert.Equal(
        [
            "line 2, column 9: Memory is 'lots'; a size of at least 6m, such as 512m, is expected.",
            "line 3, column 26: HostConfig.Privileged is 'maybe'; true or false is expected.",
            "line 4, column 2: HostConfig.Bindz is not a known key; did you mean 'Binds'?",
            "line 6, column 4: dns[0] is 'x'; an IP address is expected.",
            "line 6, column 7: dns[1] is 'y'; an IP address is expected.",
        ],
        Reading.Faults("""
            {
            Memory: lots,
            HostConfig: {Privileged: maybe,
             Bindz: [] },
            dns:
              [x, y]
            }
            """));

    [Fact]
    public void What_is_found_last_stands_where_it_belongs() => Assert.Equal(
        ["line 1, column 15", "line 1, column 36"],
        Reading.Of("{Memory: 64m, mem_limit: 65m, Tty: maybe}").Faults.Select(fault => fault.Mark!.Value.ToString()));

    [Theory]
    [InlineData("{Memory: 64m, mem_limit: 67108864, HostConfig: {Memory: 65536k}}", "memory = 67108864")]
    [InlineData("{ExposedPorts: {22/tcp: {}, 80/tcp: {}}, ports: [80, 22]}", "expose = 22/tcp|80/tcp")]
    [InlineData("{Cmd: [date, -u], command: date -u}", "command = date|-u")]
    [InlineData("{HostConfig: {Dns: [1.1.1.1]}, host_config: {dns: 1.1.1.1}}", "dns = 1.1.1.1")]
    [InlineData("{Env: {A: b}, environment: [A=b]}", "env = A=b")]
    [InlineData("{Env: {}, environment: [A=b]}", "env = A=b")]
    public void The_same_value_by_two_keys_is_fine(string document, string option) =>
        Assert.Equal([option], Reading.Options(document));

    [Theory]
    [InlineData("{Memory: 64m, mem_limit: 65m}", "line 1, column 15: mem_limit sets the option memory to another value than Memory at line 1, column 2; give it once.")]
    [InlineData("{Dns: [1.1.1.1, 2.2.2.2], dns: [2.2.2.2, 1.1.1.1]}", "line 1, column 27: dns sets the option dns to another value than Dns at line 1, column 2; give it once.")]
    [InlineData("{Cmd: [a, b], command: [b, a]}", "line 1, column 15: command sets the option command to another value than Cmd at line 1, column 2; give it once.")]
    [InlineData("{HostConfig: {Privileged: true, NetworkMode: bridge}, NetworkDisabled: true}", "line 1, column 55: NetworkDisabled sets the option network to another value than HostConfig.NetworkMode at line 1, column 33; give it once.")]
    [InlineData("{HostConfig: {CapAdd: [MKNOD]}, host_config: {CapAdd: [CHOWN]}}", "line 1, column 47: host_config.CapAdd sets the option cap-add to another value than HostConfig.CapAdd at line 1, column 15; give it once.")]
    [InlineData("{lxc_conf: {lxc.utsname: a}, Hostname: b}", "line 1, column 30: Hostname sets the option hostname to another value than lxc_conf at line 1, column 2; give it once.")]
    public void Another_value_by_a_second_key_is_a_fault_that_names_both(string document, string fault)
    {
        var translation = Reading.Of(document);
        Assert.Equal([fault], translation.Faults.Select(f => f.ToString()));
        Assert.DoesNotContain(translation.Asked.Keys, fault.Contains);
    }

    [Fact]
    public void An_option_knows_its_key_and_its_elements_know_their_places()
    {
        var asked = Reading.Of("""
            {environment: {B: 2,
             A: 1},
            HostConfig: {PortBindings: {22/tcp: [{HostPort: 5}, {HostPort: 6}]}}, volumes: {/a: /b, /c: {}}, Memory: 64m}
            """).Asked;

        Assert.Equal("environment at line 1, column 2", Place(asked["env"], -1));
        Assert.Equal("environment.A at line 2, column 2", Place(asked["env"], 0));
        Assert.Equal("environment.B at line 1, column 16", Place(asked["env"], 1));
        Assert.Equal("HostConfig.PortBindings.22/tcp[1] at line 3, column 53", Place(asked["publish"], 1));
        Assert.Equal("volumes./a at line 3, column 81", Place(asked["bind"], 0));
        Assert.Equal("volumes./c at line 3, column 89", Place(asked["volume"], 0));
        Assert.Equal("Memory at line 3, column 98", Place(asked["memory"], 0));
    }

    [Fact]
    public void Every_element_has_a_place() => Assert.All(
        from sample in Samples.All
        from good in sample.Good
        from key in UserData.Options.OptionTable.Rows.Single(row => row.Option == sample.Title).Keys
        from asked in Reading.Of(key.Places.HasFlag(UserData.Options.KeyPlaces.Root)
            ? $"{{{key.Name}: {good.Value}}}"
            : $"{{HostConfig: {{{key.Name}: {good.Value}}}}}").Asked.Values
        select asked,
        asked => Assert.Equal(
            asked.Value switch
            {
                OptionValue.Words words => words.Values.Count,
                OptionValue.Pairs pairs => pairs.Values.Count,
                _ => 0,
            },
            asked.Elements.Count));

    [Theory]
    [InlineData("{environment: {A: \"secret\\u0000\"}}")]
    [InlineData("{environment: [\"A=secret\\u0000\"]}")]
    [InlineData("{environment: [A=secret, A=secret2]}")]
    [InlineData("{environment: {A: secret}, Env: {A: secret2}}")]
    [InlineData("{HostConfig: {LogConfig: {Config: {token: \"secret\\u0000\"}}}}")]
    public void No_message_shows_what_may_be_a_secret(string document) =>
        Assert.DoesNotContain("secret", Assert.Single(Reading.Faults(document)), StringComparison.Ordinal);

    private static string Place(AskedOption asked, int element)
    {
        var (mark, path) = element < 0 ? (asked.Mark, asked.Path) : asked.PlaceOf(element);
        return $"{path} at {mark}";
    }
}
