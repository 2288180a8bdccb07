namespace NovaDocker.Cli.Tests.Commands;

public sealed class UsageTests
{
    private readonly Shell _shell = new();

    [Theory]
    [InlineData("frobnicate", "'frobnicate' is no verb of novadocker.")]
    [InlineData("", "A verb is missing.")]
    [InlineData("boot --image x", "'--name' is required")]
    [InlineData("boot --name x --image y --id 4711", "--id is '4711'; a UUID such as")]
    [InlineData("boot --name x --image y --id 00000000-0000-0000-0000-000000000000", "--id is '00000000-")]
    [InlineData("boot --name x --image y --memory-mb 0", "--memory-mb is '0'; a whole number from 6")]
    [InlineData("boot --name x --image y --memory-mb -5", "--memory-mb is '-5'")]
    [InlineData("boot --name x --image y --memory-mb 99999999999", "--memory-mb is '99999999999'")]
    [InlineData("boot --name x --image y --vcpus two", "--vcpus is 'two'; a whole number from 1")]
    [InlineData("boot --name x --image y --env FOO", "--env is 'FOO'; NAME=VALUE is expected.")]
    [InlineData("boot --name x --image y --env =1", "--env is '=1'")]
    [InlineData("boot --name x --image y stray", "'stray' belongs to no option of boot.")]
    [InlineData("boot --name x --image y --user-data /no/such/file", "--user-data is '/no/such/file', which cannot be read: Could not find")]
    [InlineData("boot --name x --image y --user-data /tmp", "--user-data is '/tmp', which cannot be read: it is a directory.")]
    [InlineData("boot --name x --image y --user-data /dev/zero", "--user-data is '/dev/zero', which has more than 65,535 bytes; Nova stores no more")]
    [InlineData("boot --name x --image y --user-data", "--user-data")]
    [InlineData("boot --name x --image y --meta role", "--meta is 'role'; NAME=VALUE is expected.")]
    [InlineData("boot --name x --image y --meta =1", "--meta is '=1'")]
    [InlineData("boot --name x --image y --key-file /no/such.pub", "--key-file is '/no/such.pub', which cannot be read")]
    [InlineData("boot --name x --image y --key-file /dev/null", "--key-file is '/dev/null', which is empty; one line such as")]
    [InlineData("boot --name x --image y --key-file /dev/zero", "--key-file is '/dev/zero', which has 16385 bytes; at most 16384")]
    [InlineData("user-data", "A verb is missing.")]
    [InlineData("user-data", "The verbs are check, options; novadocker user-data --help explains them.")]
    [InlineData("user-data chck f", "'chck' is no verb of novadocker user-data.")]
    [InlineData("user-data check", "novadocker user-data check --help explains it.")]
    [InlineData("user-data check /no/such/file", "FILE is '/no/such/file', which cannot be read")]
    [InlineData("user-data check /dev/zero", "FILE is '/dev/zero', which has more than 65,535 bytes")]
    [InlineData("user-data check /dev/null --policy /no/such.conf", "--policy is '/no/such.conf', which cannot be read")]
    [InlineData("user-data check /dev/null --memory-mb 1", "--memory-mb is '1'; a whole number from 6")]
    [InlineData("user-data check /dev/null --vcpus 0", "--vcpus is '0'; a whole number from 1")]
    [InlineData("user-data check /dev/null --node-policy x", "--node-policy")]
    [InlineData("user-data options extra", "extra")]
    [InlineData("image-add - --name x --property os_command_line", "--property is 'os_command_line'; NAME=VALUE is expected.")]
    [InlineData("boot --name x --image y --restart sometimes", "--restart is 'sometimes'; no, on-failure, on-failure:N,")]
    [InlineData("boot --name x --image y --restart on-failure:", "--restart is 'on-failure:'")]
    [InlineData("boot --name x --image y --restart on-failure:-1", "--restart is 'on-failure:-1'")]
    [InlineData("boot --name x --image y --restart on-failure:1000001", "to 1000000")]
    [InlineData("boot --name x --image y --restart always:3", "--restart is 'always:3'")]
    [InlineData("boot --name x --image y --health-cmd ls --health-interval 10", "--health-interval is '10'; a time such as 500ms, 10s, 2m or 1h is expected, from 1ms to 24h.")]
    [InlineData("boot --name x --image y --health-cmd ls --health-timeout -1s", "--health-timeout is '-1s'")]
    [InlineData("boot --name x --image y --health-cmd ls --health-timeout 25h", "--health-timeout is '25h'")]
    [InlineData("boot --name x --image y --health-cmd ls --health-timeout 0.5ms", "--health-timeout is '0.5ms'")]
    [InlineData("boot --name x --image y --health-cmd ls --health-start-period 1m30", "--health-start-period is '1m30'")]
    [InlineData("boot --name x --image y --health-cmd ls --health-timeout 999999999h999999999h", "--health-timeout is '9999")]
    [InlineData("boot --name x --image y --health-cmd ls --health-retries 0", "--health-retries is '0'; a whole number from 1 to 1000")]
    [InlineData("boot --name x --image y --health-interval 10s", "--health-interval goes with --health-cmd, which is missing")]
    [InlineData("boot --name x --image y --health-retries 2", "--health-retries goes with --health-cmd")]
    [InlineData("boot --name x --image y --no-healthcheck --health-cmd ls", "--health-cmd and --no-healthcheck exclude each other.")]
    [InlineData("boot --name x --image y --no-healthcheck --health-timeout 1s", "--health-timeout and --no-healthcheck exclude")]
    [InlineData("boot --name x --image y --no-healthcheck --when-unhealthy restart", "--when-unhealthy restart and --no-healthcheck exclude")]
    [InlineData("boot --name x --image y --when-unhealthy Restart", "--when-unhealthy is 'Restart'; report or restart is expected.")]
    [InlineData("boot --name x --image y --when-lost 2", "--when-lost is '2'; report or recreate is expected.")]
    [InlineData("boot --name x --image y --engine-away", "--engine-away")]
    [InlineData("boot --name x --image y --engine-away no", "--engine-away is 'no'; wait or refuse is expected.")]
    [InlineData("snapshot web --name x --engine-away true", "--engine-away is 'true'; wait or refuse is expected.")]
    [InlineData("stop web --engine-away fail", "--engine-away is 'fail'; wait or refuse is expected.")]
    [InlineData("list --engine-away refuse", "--engine-away")]
    [InlineData("list extra", "extra")]
    [InlineData("boot --name x --image y --nic", "--nic")]
    [InlineData("boot --name x --image y --nic net=", "--nic is 'net=': net has no value; the network: its id, or a name of")]
    [InlineData("boot --name x --image y --nic nett=blue", "nett is no key of a port; did you mean net?")]
    [InlineData("boot --name x --image y --nic net=blue net=red", "'net=red' belongs to no option of boot.")]
    [InlineData("interface-attach web", "'--nic' is required")]
    [InlineData("interface-attach web --nic ip=10.1.0.5", "net is missing; the network's id or name is expected, or a bridge.")]
    [InlineData("interface-attach web --nic net=a --nic net=b", "--nic")]
    [InlineData("interface-detach web", "Required argument missing")]
    [InlineData("interface-list", "Required argument missing")]
    [InlineData("diagnostics", "Required argument missing")]
    [InlineData("networks web", "web")]
    [InlineData("show", "Required argument missing")]
    [InlineData("show 4f7b1c9e-6a52-4d0b-9c1e-2f6a8d3b5e7", "ID is '4f7b1c9e-6a52-4d0b-9c1e-2f6a8d3b5e7'; a UUID has 32")]
    [InlineData("console web --lines 0", "--lines is '0'; a whole number from 1")]
    [InlineData("snapshot web", "'--name' is required")]
    [InlineData("snapshot web --name x --image-id 12", "--image-id is '12'")]
    [InlineData("history web --at yesterday", "--at is 'yesterday'; a time such as")]
    [InlineData("history web --at 2026-03-01 --follow", "exclude each other")]
    [InlineData("image-add /no/such/file --name x", "FILE is '/no/such/file', which cannot be read")]
    [InlineData("image-add /tmp --name x", "it is a directory")]
    [InlineData("image-add - --name x --property a", "--property is 'a'")]
    [InlineData("hosts --timeout soon", "--timeout is 'soon'; a number of seconds")]
    [InlineData("hosts --timeout 0", "--timeout is '0'")]
    [InlineData("hosts --node :", "--node is ':'; HOST or HOST:PORT is expected")]
    [InlineData("hosts --node host:99999", "--node is 'host:99999'")]
    [InlineData("completion fish", "SHELL is 'fish'; bash or zsh is expected.")]
    public async Task A_wrong_line_names_option_value_and_what_is_right(string line, string words)
    {
        var exitCode = await _shell.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains(words, _shell.Error, StringComparison.Ordinal);
        Assert.StartsWith("novadocker: ", _shell.Error, StringComparison.Ordinal);
        Assert.Equal("", _shell.Out);
        Assert.Empty(_shell.Client.Sent);
    }

    [Fact]
    public async Task A_wrong_line_with_json_is_an_object_on_standard_error()
    {
        Assert.Equal(ExitCodes.Usage, await _shell.RunAsync("console", "web", "--lines", "x", "--json"));

        Assert.Equal("usage", _shell.ErrorRow.GetProperty("error").GetString());
        Assert.Equal(ExitCodes.Usage, _shell.ErrorRow.GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public async Task A_name_with_a_control_character_is_refused_here()
    {
        Assert.Equal(ExitCodes.Usage, await _shell.RunAsync("boot", "--name", "a\tb", "--image", "x"));
        Assert.Contains("control character", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_variable_is_named()
    {
        _shell.Variables["NOVADOCKER_NODE"] = "a b";

        Assert.Equal(ExitCodes.Usage, await _shell.RunAsync("hosts"));
        Assert.Contains("NOVADOCKER_NODE is 'a b'", _shell.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("boot")]
    [InlineData("list")]
    [InlineData("show")]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("reboot")]
    [InlineData("pause")]
    [InlineData("unpause")]
    [InlineData("delete")]
    [InlineData("console")]
    [InlineData("snapshot")]
    [InlineData("history")]
    [InlineData("interface-attach")]
    [InlineData("interface-detach")]
    [InlineData("interface-list")]
    [InlineData("diagnostics")]
    [InlineData("networks")]
    [InlineData("images")]
    [InlineData("image-add")]
    [InlineData("user-data")]
    [InlineData("user-data check")]
    [InlineData("user-data options")]
    [InlineData("hosts")]
    [InlineData("reconcile")]
    [InlineData("completion")]
    public async Task Every_verb_has_help_with_examples(string verb)
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync([.. verb.Split(' '), "--help"]));

        Assert.Contains("Description:", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("Examples:", _shell.Out, StringComparison.Ordinal);
        Assert.Contains(verb == "completion" ? "novadocker completion" : $"novadocker {verb}", _shell.Out, StringComparison.Ordinal);
        Assert.Equal("", _shell.Error);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _novadocker novadocker")]
    [InlineData("zsh", "compdef _novadocker novadocker")]
    public async Task Completion_prints_a_script(string shell, string words)
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("completion", shell));
        Assert.Contains(words, _shell.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("novadocker sto", "stop")]
    [InlineData("novadocker reboot web --h", "--hard")]
    [InlineData("novadocker boot --health-", "--health-start-period")]
    [InlineData("novadocker boot --restart un", "unless-stopped")]
    [InlineData("novadocker boot --when-lost rec", "recreate")]
    [InlineData("novadocker boot --when-unhealthy r", "restart")]
    [InlineData("novadocker stop web --engine-away ", "refuse")]
    [InlineData("novadocker user-", "user-data")]
    [InlineData("novadocker user-data ", "check")]
    [InlineData("novadocker user-data check f --pol", "--policy")]
    [InlineData("novadocker boot --user-", "--user-data")]
    [InlineData("novadocker interface-", "interface-detach")]
    [InlineData("novadocker boot --nic ", "net=")]
    [InlineData("novadocker boot --nic v", "vif-type=")]
    [InlineData("novadocker boot --nic net=blue,m", "net=blue,mtu=")]
    [InlineData("novadocker boot --nic net=blue,ip=10.1.0.5,", "net=blue,ip=10.1.0.5,ip=")]
    public async Task The_scripts_suggestions_are_answered(string line, string suggestion)
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync($"[suggest:{line.Length}]", line));
        Assert.Contains(suggestion, _shell.Out.Split(Environment.NewLine));
    }

    [Fact]
    public async Task A_port_is_suggested_by_the_names_of_its_parts_and_by_nothing_else()
    {
        const string Line = "novadocker boot --nic ";

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync($"[suggest:{Line.Length}]", Line));

        Assert.Equal(
            ["bridge=", "dns=", "gateway=", "ip=", "mac=", "mtu=", "net=", "port=", "vif-type=", "vlan="],
            _shell.Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task An_empty_health_command_is_refused_here()
    {
        Assert.Equal(ExitCodes.Usage, await _shell.RunAsync("boot", "--name", "x", "--image", "y", "--health-cmd", " "));
        Assert.Contains("--health-cmd is empty", _shell.Error, StringComparison.Ordinal);
        Assert.Empty(_shell.Client.Sent);
    }

    [Theory]
    [InlineData("novadocker boot --when-lost ", "Recreate")]
    [InlineData("novadocker stop web --engine-away ", "true")]
    [InlineData("novadocker boot --nic net=blue,", "net=blue,net=")]
    public async Task What_an_option_does_not_take_is_not_suggested(string line, string word)
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync($"[suggest:{line.Length}]", line));
        Assert.DoesNotContain(word, _shell.Out.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("start", "a new one is made of its image")]
    [InlineData("reboot", "in error")]
    [InlineData("stop", "stays stopped")]
    [InlineData("boot", "/bin/sh -c")]
    [InlineData("snapshot", "Volumes are not part")]
    [InlineData("delete", "never used again")]
    [InlineData("interface-attach", "booted with a port")]
    [InlineData("interface-attach", "a number from 1 to 4094")]
    [InlineData("interface-detach", "the default route led")]
    [InlineData("pause", "Freeze")]
    [InlineData("unpause", "go on")]
    public async Task The_help_of_a_verb_that_does_something_tells_of_an_Engine_that_is_away(string verb, string words)
    {
        await _shell.RunAsync(verb, "--help");

        Assert.Contains("--engine-away <wait|refuse>", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("begins once the Engine is back", _shell.Out, StringComparison.Ordinal);
        Assert.Contains(words, _shell.Out, StringComparison.Ordinal);
    }
}
