using NovaDocker.UserData.Policy;

namespace NovaDocker.UserData.Tests.Policy;

public sealed class HostBindsTests
{
    private const string Key = "novadocker.policy.host-paths";

    private readonly FakeHost _host = new FakeHost()
        .With("/srv/shared/data", "/srv/shared2", "/srv/open/kept", "/srv/made", "/etc/shadow", "/run/docker.sock", "/data/real")
        .WithLink("/var/run", "/run")
        .WithLink("/srv/shared/out", "/etc")
        .WithLink("/srv/shared/up", "../../etc")
        .WithLink("/srv/shared/in", "data")
        .WithLink("/srv/shared/far", "/nowhere/at/all")
        .WithLink("/srv/shared/loop", "loop")
        .WithLink("/srv/shared/odd", "/srv/shared/a:b")
        .WithLink("/srv/linked", "/data/real");

    [Theory]
    [InlineData("/srv/shared", "/srv/shared")]
    [InlineData("/srv/shared/", "/srv/shared")]
    [InlineData("//srv/./shared//data/.", "/srv/shared/data")]
    [InlineData("/etc/../srv/shared", "/srv/shared")]
    [InlineData("/../../srv/shared", "/srv/shared")]
    [InlineData("/srv/shared/in", "/srv/shared/data")]
    public void A_path_below_a_rule_is_given_resolved(string asked, string source)
    {
        var bind = Admit($"{asked}:/inside:ro", "/srv/shared", isReadOnly: true);

        Assert.Equal(($"{source}:/inside:ro", null), (bind.Resolved, bind.Problem));
        Assert.Equal(source, bind.Source);
        Assert.Equal("/srv/shared", bind.Rule!.Path);
        Assert.False(bind.IsMissing);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/srv")]
    [InlineData("/etc")]
    [InlineData("/etc/shadow")]
    [InlineData("/srv/shared2")]
    [InlineData("/srv/share")]
    [InlineData("/srv/Shared")]
    [InlineData("/SRV/SHARED")]
    [InlineData("/srv/shared/..")]
    [InlineData("/srv/shared/../shared2")]
    [InlineData("/srv/shared/../../etc")]
    [InlineData("/srv/shared/data/../../../etc/shadow")]
    [InlineData("/srv/shared/./.././etc/..//../etc")]
    [InlineData("/srv/shared/out")]
    [InlineData("/srv/shared/out/shadow")]
    [InlineData("/srv/shared/up")]
    [InlineData("/srv/shared/up/shadow")]
    [InlineData("/srv/shared/far")]
    [InlineData("/srv/shared/loop")]
    [InlineData("/srv/shared/odd")]
    [InlineData("/ѕrv/shared")]
    [InlineData("/srv/shar\u00e9d")]
    [InlineData("/srv\u2215shared")]
    [InlineData("/srv/\u200bshared")]
    [InlineData("/srv/shared\u2024\u2024/shared2")]
    [InlineData("/srv/shared\\data")]
    [InlineData("/srv/shared ")]
    [InlineData(" /srv/shared")]
    [InlineData("/srv/shared\n")]
    [InlineData("/srv/shared\0")]
    [InlineData("/srv/shared\0/../../etc")]
    [InlineData("/srv/shared/\ud800")]
    [InlineData("srv/shared")]
    [InlineData("./srv/shared")]
    [InlineData("../srv/shared")]
    [InlineData("~")]
    [InlineData("a-volume-with-a-name")]
    [InlineData("")]
    [InlineData("%2fsrv%2fshared")]
    [InlineData("/srv/%2e%2e/etc")]
    [InlineData("/srv/*")]
    [InlineData("file:///srv/shared")]
    public void Nothing_gets_out_of_a_rule(string asked)
    {
        var bind = Admit($"{asked}:/inside:ro", "/srv/shared", isReadOnly: true);

        Assert.Null(bind.Resolved);
        Assert.NotNull(bind.Problem);
    }

    [Fact]
    public void A_long_path_is_refused_at_once_and_a_way_round_is_none()
    {
        var round = string.Concat(Enumerable.Repeat("/srv/shared/data/../../..", 150));
        var deep = "/srv/shared" + string.Concat(Enumerable.Repeat("/x", 3000));
        var wide = $"/srv/shared/{new string('é', 2100)}";

        Assert.NotNull(Admit($"{round}/etc:/inside:ro", "/srv/shared", isReadOnly: true).Problem);
        Assert.NotNull(Admit($"{deep}:/inside:ro", "/srv/shared", isReadOnly: true).Problem);
        Assert.Equal(
            "a path has at most 4095 bytes.", Admit($"{wide}:/inside:ro", "/srv/shared", isReadOnly: true).Problem);
    }

    [Theory]
    [InlineData("/srv/shared")]
    [InlineData("/srv/shared:/inside")]
    [InlineData("/srv/shared:/inside:")]
    [InlineData("/srv/shared:/inside:RO")]
    [InlineData("/srv/shared:/inside:ro,rw")]
    [InlineData("/srv/shared:/inside:ro,shared")]
    [InlineData("/srv/shared:/inside:rw,rshared")]
    [InlineData("/srv/shared:/inside:z")]
    [InlineData("/srv/shared:/inside:ro:rw")]
    [InlineData("/srv/shared:/etc:/inside:ro")]
    [InlineData("/srv/shared:inside:ro")]
    [InlineData("/srv/shared:/in\nside:ro")]
    public void What_is_no_bind_in_its_one_form_is_refused(string bind) =>
        Assert.Contains("mode of ro or rw", Admit(bind, "/", isReadOnly: false).Problem, StringComparison.Ordinal);

    [Fact]
    public void The_root_as_a_rule_allows_every_path() =>
        Assert.Equal("/etc/shadow:/inside:rw", Admit("/etc/shadow:/inside:rw", "/", isReadOnly: false).Resolved);

    [Fact]
    public void Links_in_a_rule_are_resolved_as_well()
    {
        Assert.Equal("/run/docker.sock:/s:rw", Admit("/var/run/docker.sock:/s:rw", "/var/run/docker.sock", isReadOnly: false).Resolved);
        Assert.Equal("/run/docker.sock:/s:rw", Admit("/run/docker.sock:/s:rw", "/var/run/docker.sock", isReadOnly: false).Resolved);
        Assert.Equal("/data/real:/s:rw", Admit("/srv/linked:/s:rw", "/data", isReadOnly: false).Resolved);
        Assert.NotNull(Admit("/srv/linked:/s:rw", "/srv", isReadOnly: false).Problem);
    }

    [Fact]
    public void A_read_only_rule_refuses_to_have_it_written()
    {
        var bind = Admit("/srv/shared/data:/inside:rw", "/srv/shared", isReadOnly: true);

        Assert.Equal($"{Key} allows /srv/shared read-only; mode ro is expected.", bind.Problem);
        Assert.Null(Admit("/srv/shared/data:/inside:ro", "/srv/shared", isReadOnly: true).Problem);
        Assert.Null(Admit("/srv/shared/data:/inside:ro", "/srv/shared", isReadOnly: false).Problem);
    }

    [Theory]
    [InlineData("z")]
    [InlineData("Z")]
    public void The_hosts_labels_are_changed_only_where_a_rule_says_so(string label)
    {
        var rule = new HostPathRule("/srv/shared", ReadOnly: false, Create: false);

        Assert.Contains("without relabel", Admit($"/srv/shared:/x:rw,{label}", rule).Problem, StringComparison.Ordinal);
        Assert.Equal($"/srv/shared:/x:ro,{label}", Admit($"/srv/shared:/x:ro,{label}", rule with { Relabel = true }).Resolved);
    }

    [Fact]
    public void The_most_specific_rule_decides_and_of_two_alike_the_stricter()
    {
        HostPathRule[] rules =
        [
            new("/srv", ReadOnly: true, Create: false), new("/srv/open", ReadOnly: false, Create: false),
            new("/srv/open/kept", ReadOnly: true, Create: false), new("/data/real", ReadOnly: false, Create: true),
            new("/srv/linked", ReadOnly: true, Create: false),
        ];

        Assert.NotNull(Admit("/srv/shared:/x:rw", rules).Problem);
        Assert.NotNull(Admit("/srv/open/kept:/x:rw", rules).Problem);
        Assert.NotNull(Admit("/data/real:/x:rw", rules).Problem);
        Assert.Equal("/srv/linked", Admit("/data/real:/x:ro", rules).Rule!.Path);
        Assert.Equal("/srv/open", Admit("/srv/open:/x:ro", rules).Rule!.Path);
    }

    [Fact]
    public void What_holds_the_path_of_another_rule_cannot_be_written()
    {
        HostPathRule[] rules = [new("/srv", ReadOnly: false, Create: false), new("/srv/open/kept", ReadOnly: true, Create: false)];

        Assert.Contains("it holds /srv/open/kept", Admit("/srv:/x:rw", rules).Problem, StringComparison.Ordinal);
        Assert.Contains("it holds /srv/open/kept", Admit("/srv/open:/x:rw", rules).Problem, StringComparison.Ordinal);
        Assert.Null(Admit("/srv/shared:/x:rw", rules).Problem);
        Assert.Null(Admit("/srv:/x:ro", rules).Problem);
    }

    [Fact]
    public void A_link_on_the_way_to_a_rules_path_cannot_be_written()
    {
        _host.WithLink("/opt/first", "/srv/open/second").WithLink("/srv/open/second", "/data/real");
        HostPathRule[] rules = [new("/srv/open", ReadOnly: false, Create: false), new("/opt/first", ReadOnly: true, Create: false)];

        Assert.Contains("it holds /opt/first", Admit("/srv/open:/x:rw", rules).Problem, StringComparison.Ordinal);
        Assert.Null(Admit("/srv/open/kept:/x:rw", rules).Problem);
    }

    [Fact]
    public void An_exact_rule_is_for_its_path_alone()
    {
        var rule = new HostPathRule("/srv/shared", ReadOnly: false, Create: false) { Exact = true };

        Assert.Null(Admit("/srv/shared:/x:rw", rule).Problem);
        Assert.NotNull(Admit("/srv/shared/data:/x:ro", rule).Problem);
        Assert.Null(Admit("/srv/shared/data:/x:ro", rule, new HostPathRule("/srv", ReadOnly: true, Create: false)).Problem);
    }

    [Fact]
    public void What_does_not_exist_is_bound_only_where_it_may_be_made()
    {
        Assert.Equal(
            $"it does not exist on the host, and {Key} allows /srv/made without create.",
            Admit("/srv/made/new:/x:rw", "/srv/made", isReadOnly: false).Problem);
        Assert.True(Admit("/srv/made/new/one:/x:rw", new HostPathRule("/srv/made", ReadOnly: false, Create: true)).IsMissing);
        Assert.Equal(
            $"{Key} allows /srv/gone, which does not exist on the host.",
            Admit("/srv/gone/new:/x:rw", new HostPathRule("/srv/gone", ReadOnly: false, Create: true)).Problem);
    }

    [Fact]
    public void What_is_made_is_made_where_it_was_asked_for()
    {
        var policy = Policy(new HostPathRule("/srv/linked", ReadOnly: false, Create: true));

        var made = HostBinds.Make("/srv/linked/a/b:/x:rw", policy, _host);

        Assert.Equal("/data/real/a/b:/x:rw", made.Resolved);
        Assert.False(made.IsMissing);
        Assert.NotNull(_host.Find("/data/real/a/b"));
        Assert.Equal(made, HostBinds.Make("/srv/linked/a/b:/x:rw", policy, _host));
    }

    [Fact]
    public void What_is_not_admitted_is_not_made()
    {
        var before = _host.All().Count();

        Assert.NotNull(HostBinds.Make("/etc/new:/x:rw", Policy(new HostPathRule("/srv/made", false, true)), _host).Problem);
        Assert.NotNull(HostBinds.Make("/srv/made/new:/x:rw", Policy(new HostPathRule("/srv/made", false, false)), _host).Problem);
        Assert.Equal(before, _host.All().Count());
    }

    [Fact]
    public void A_container_whose_path_became_a_link_is_not_started()
    {
        var policy = Policy(new HostPathRule("/srv/shared", ReadOnly: false, Create: true));
        var bind = Admit("/srv/shared/data:/x:rw", [.. policy.HostPaths]).Resolved!;
        Assert.Null(HostBinds.ProblemAtStart(bind, policy, _host));

        _host.WithLink("/srv/shared/data", "/srv/shared/loop2").With("/srv/shared/loop2");
        Assert.Contains("is not what it was", HostBinds.ProblemAtStart(bind, policy, _host), StringComparison.Ordinal);

        _host.WithLink("/srv/shared/data", "/etc");
        Assert.NotNull(HostBinds.ProblemAtStart(bind, policy, _host));

        _host.WithLink("/srv/shared/data", "/srv/shared/new");
        Assert.NotNull(HostBinds.ProblemAtStart(bind, policy, _host));
    }

    [Fact]
    public void What_a_refusal_says_does_not_depend_on_what_the_host_has_elsewhere()
    {
        var problems = new[] { "/etc/shadow", "/etc/nothing", "/srv/shared/out/shadow", "/nowhere" }
            .Select(path => Admit($"{path}:/x:ro", "/srv/shared", isReadOnly: true).Problem)
            .Distinct();

        Assert.Equal([$"{Key} allows /srv/shared:ro."], problems);
    }

    private HostBind Admit(string bind, string path, bool isReadOnly) => Admit(bind, new HostPathRule(path, isReadOnly, Create: false));

    private HostBind Admit(string bind, params HostPathRule[] rules) => HostBinds.Admit(bind, Policy(rules), _host);

    private static ContainerPolicy Policy(params HostPathRule[] rules) => ContainerPolicy.Default with { HostPaths = [.. rules] };
}
