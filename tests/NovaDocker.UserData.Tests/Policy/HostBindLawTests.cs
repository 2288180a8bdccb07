using CsCheck;
using NovaDocker.UserData.Policy;

namespace NovaDocker.UserData.Tests.Policy;

/// <summary>Random hosts, rules and paths: what is admitted is held against the nodes of the file system, not against texts.</summary>
public sealed class HostBindLawTests
{
    private static readonly Gen<string> Name = Gen.OneOfConst("a", "b", "ab", "A");

    private static readonly Gen<string> Path = Name.Array[1, 4].Select(names => $"/{string.Join('/', names)}");

    private static readonly Gen<string> Target = Gen.OneOf(
        Path, Gen.OneOfConst("a", "b", "..", "../..", "../a", "../../b/a", ".", "/", "a/../b"));

    /// <summary>A path as somebody writes it who wants to get out.</summary>
    private static readonly Gen<string> Tricky = Gen.OneOf(Name, Name, Gen.OneOfConst("..", ".", "", "a ", "Ab", "../../"))
        .Array[1, 6].Select(parts => $"/{string.Join('/', parts)}");

    private static readonly Gen<HostPathRule> Rule = Gen.Select(
        Gen.Frequency((9, Path), (1, Gen.Const("/"))), Gen.Bool, Gen.Bool, Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true))),
        (path, isReadOnly, create, exact) => new HostPathRule(path, isReadOnly, create && !exact) { Exact = exact });

    private static readonly Gen<(string Path, string? Target)> Thing = Gen.OneOf(
        Path.Select(path => (path, (string?)null)), Gen.Select(Path, Target, (path, target) => (path, (string?)target)));

    private static readonly Gen<string> Bind = Gen.Select(
        Gen.OneOf(Path, Tricky), Gen.OneOfConst("ro", "rw"), (path, mode) => $"{path}:/inside:{mode}");

    private static readonly Gen<(FakeHost Host, ContainerPolicy Policy)> Setting = Gen.Select(
        Thing.Array[0, 10], Rule.Array[1, 4],
        (things, rules) => (HostOf(things), ContainerPolicy.Default with { HostPaths = [.. rules] }));

    [Fact]
    public void What_is_admitted_lies_in_what_a_rule_allows_and_is_no_link() => Gen.Select(Setting, Bind.Array[1, 8]).Sample(
        (setting, binds) =>
        {
            var allowed = Allowed(setting.Host, setting.Policy);
            foreach (var bind in binds)
                AssertIsAllowed(setting.Host, allowed, HostBinds.Admit(bind, setting.Policy, setting.Host));
        },
        iter: 30_000);

    [Fact]
    public void What_is_made_lies_in_what_a_rule_allows() => Gen.Select(Setting, Bind.Array[1, 8]).Sample(
        (setting, binds) =>
        {
            var allowed = Allowed(setting.Host, setting.Policy);
            var before = setting.Host.All().ToHashSet();
            foreach (var bind in binds)
            {
                var made = HostBinds.Make(bind, setting.Policy, setting.Host);
                Assert.False(made.IsMissing);
                if (made.Source is { } source)
                    Assert.Equal(source, setting.Host.Find(source)!.Path);
            }

            foreach (var node in setting.Host.All().Where(node => !before.Contains(node)))
                Assert.Contains(node.WithAllAbove(), above => allowed.ContainsKey(above));
        },
        iter: 10_000);

    [Fact]
    public void A_tenant_who_can_write_gains_nothing_by_putting_links_there() => Gen.Select(
        Setting, Bind.Array[1, 4], Gen.Select(Path, Target).Array[1, 4], Bind.Array[1, 8]).Sample(
        (setting, first, links, then) =>
        {
            var (host, policy) = setting;
            var allowed = Allowed(host, policy);
            var own = new HashSet<FakeHost.Node>();
            var held = first
                .Select(bind => HostBinds.Admit(bind, policy, host))
                .Where(bind => bind is { Resolved: not null, IsMissing: false })
                .ToList();
            var mounted = held
                .Where(bind => bind.Resolved!.EndsWith(":rw", StringComparison.Ordinal))
                .Select(bind => host.Find(bind.Source!)!)
                .ToList();
            foreach (var directory in mounted)
            {
                foreach (var (path, target) in links)
                    own.UnionWith(PutLink(directory, path, target));
            }

            foreach (var bind in then)
                AssertIsAllowed(host, allowed, HostBinds.Admit(bind, policy, host), own);
            foreach (var bind in held.Where(bind => HostBinds.ProblemAtStart(bind.Resolved!, policy, host) is null))
                AssertIsAllowed(host, allowed, bind, own);
        },
        iter: 30_000);

    /// <summary>For each node that a rule allows, whether it may be written: no rule has its own path below one that may.</summary>
    private static Dictionary<FakeHost.Node, bool> Allowed(FakeHost host, ContainerPolicy policy)
    {
        var rules = policy.HostPaths
            .Select(rule => (Rule: rule, Node: host.Find(rule.Path)))
            .Where(row => row.Node is not null)
            .ToList();
        var above = rules.SelectMany(row => row.Node!.WithAllAbove().Skip(1)).ToHashSet();
        var allowed = new Dictionary<FakeHost.Node, bool>();
        foreach (var node in host.All().Where(node => node.Target is null))
        {
            var nearest = node.WithAllAbove()
                .Select(place => rules.Where(row => row.Node == place && (!row.Rule.Exact || place == node)).ToList())
                .FirstOrDefault(here => here.Count > 0);
            if (nearest is not null)
                allowed.Add(node, nearest.All(row => !row.Rule.ReadOnly) && !above.Contains(node));
        }

        return allowed;
    }

    private static void AssertIsAllowed(
        FakeHost host, Dictionary<FakeHost.Node, bool> allowed, HostBind bind, HashSet<FakeHost.Node>? own = null)
    {
        if (bind.Source is not { } source || bind.IsMissing)
            return;
        var node = host.Find(source);
        Assert.NotNull(node);
        Assert.Equal(source, node.Path);
        if (own?.Contains(node) == true)
            return;
        Assert.True(allowed.TryGetValue(node, out var mayBeWritten), $"{bind.Resolved} is outside of every rule");
        Assert.True(mayBeWritten || bind.Resolved!.EndsWith(":ro", StringComparison.Ordinal), $"{bind.Resolved} must not be written");
    }

    /// <summary>Puts a link below a directory, without leaving it, and directories above the link; these are the tenant's own.</summary>
    private static IEnumerable<FakeHost.Node> PutLink(FakeHost.Node directory, string path, string target)
    {
        var here = directory;
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names[..^1])
        {
            if (!here.Children.TryGetValue(name, out var next) || next.Target is not null)
            {
                here.Children[name] = next = new FakeHost.Node(here, name, null);
                yield return next;
            }

            here = next;
        }

        here.Children[names[^1]] = new FakeHost.Node(here, names[^1], target);
    }

    private static FakeHost HostOf((string Path, string? Target)[] things)
    {
        var host = new FakeHost();
        foreach (var (path, target) in things)
        {
            try
            {
                _ = target is null ? host.With(path) : host.WithLink(path, target);
            }
            catch (InvalidOperationException)
            {
                // What was there already leads nowhere.
            }
        }

        return host;
    }
}
