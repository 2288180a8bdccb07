using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.EndToEnd.Tests.Networks;
using NovaDocker.Testing;
using NovaDocker.Testing.Processes;

namespace NovaDocker.OpenStack.Tests.Equipment;

/// <summary>
/// The compute host of the bed, which all these tests share: a node with an Engine of its own under the example policy, its HTTP
/// door where nova-compute looks for it; and, as the user demo has them, an image, a flavor, a network and a key pair.
/// </summary>
public sealed class ComputeHost : IAsyncLifetime
{
    private DirectoryInfo _directory = null!;
    private readonly Stack<Func<Task>> _undo = new();
    private PrivateRun? _run;
    private EngineProcess? _engine;

    /// <summary>What the image's process says when it has come up.</summary>
    public const string Greeting = "ready to serve";

    /// <summary>The end of a process's script: waits until it is told to end, which one with number 1 does only by a trap.</summary>
    public const string Waiting = "trap exit TERM; sleep 100000 & wait";

    /// <summary>The port on which the image's process answers HTTP with <see cref="Page"/>.</summary>
    public const int HttpPort = 8080;

    /// <summary>What it answers.</summary>
    public const string Page = "a page from inside";

    /// <summary>The memory of <see cref="Flavor"/>, MiB.</summary>
    public const int MemoryMb = 64;

    /// <summary>The bed; null where there is none.</summary>
    public Bed? Bed { get; private set; }

    /// <summary>The node and its Engine.</summary>
    public Lab Lab { get; private set; } = null!;

    /// <summary>The command as the user admin.</summary>
    public OpenStackClient Admin { get; private set; } = null!;

    /// <summary>The command as the user demo, an ordinary one.</summary>
    public OpenStackClient Demo { get; private set; } = null!;

    /// <summary>An image with a shell, whose process greets and serves HTTP.</summary>
    public string Image { get; private set; } = null!;

    /// <summary>A flavor of 64 MiB.</summary>
    public string Flavor => $"small-{Lab.Name}";

    /// <summary>A flavor of 128 MiB.</summary>
    public string LargerFlavor => $"larger-{Lab.Name}";

    /// <summary>The network that servers are on unless they ask for another.</summary>
    public string Network => $"net-{Lab.Name}";

    /// <summary>A key pair.</summary>
    public string KeyPair => $"key-{Lab.Name}";

    /// <summary>The Engine's address, for the <c>docker</c> command.</summary>
    public string EngineAddress => _engine!.Address;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Bed = Bed.Find();
        if (Bed is null || !TestImages.CanMakeShell || !Environment.IsPrivilegedProcess)
            return;
        try
        {
            await StartAsync(Bed);
            await MakeAsync();
        }
        catch
        {
            // Nobody else does it for one that was never whole.
            await DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        // What is left over somewhere is said by failing, and the rest has to go all the same.
        var faults = new List<Exception>();
        while (_undo.TryPop(out var undo))
        {
            try
            {
                await undo();
            }
            catch (Exception fault)
            {
                faults.Add(fault);
            }
        }

        if (faults.Count > 0)
            throw new AggregateException(faults);
    }

    /// <summary>Makes an image of a process with a shell, as admin does for everybody, and returns its id.</summary>
    /// <param name="name">A name that no other test gives.</param>
    /// <param name="script">What the process does.</param>
    public async Task<string> CreateImageAsync(string name, string script)
    {
        var file = await ArchiveAsync(name, script);
        var id = await Admin.MakeAsync(
            "image", "create", "--public", "--container-format", "docker", "--disk-format", "raw", "--file", file,
            $"{name}-{Lab.Name}");
        _undo.Push(() => Admin.RunAsync("image", "delete", id));
        return id;
    }

    /// <summary>A <c>docker save</c> archive of such an image, in a file.</summary>
    public async Task<string> ArchiveAsync(string name, string script)
    {
        var file = await Lab.FileAsync($"{name}.tar", "");
        await File.WriteAllBytesAsync(file, Lab.Shell(["sh", "-c", script]).ToBytes());
        return file;
    }

    /// <summary>Starts a boot as the user demo, and returns as soon as Nova has taken it.</summary>
    /// <param name="name">The server's name.</param>
    /// <param name="options">Options of <c>openstack server create</c> beside flavor, and image and network unless these name some.</param>
    public async Task<Server> BeginAsync(string name, params string[] options)
    {
        string[] image = options.Contains("--image") ? [] : ["--image", Image];
        string[] network = options.Any(option => option is "--network" or "--port" or "--nic") ? [] : ["--network", Network];
        var id = await Demo.MakeAsync(["server", "create", "--flavor", Flavor, .. image, .. network, .. options, name]);
        // Only a test that failed leaves it; what is made for all tests could not go before it.
        _undo.Push(() => Demo.RunAsync("server", "delete", "--wait", id));
        return new Server(this, id);
    }

    /// <summary>Boots a server as the user demo and expects it to be active.</summary>
    public async Task<Server> BootAsync(string name, params string[] options)
    {
        var server = await BeginAsync(name, options);
        await server.BecomesAsync("ACTIVE");
        return server;
    }

    /// <summary>Waits until Nova has this host, with what the node says it has.</summary>
    public Task IsKnownAsync() => Bed!.DoAsync("hosts");

    /// <summary>A network of the user demo, which goes with the tests.</summary>
    /// <param name="name">A name that no other test gives.</param>
    /// <param name="range">Its addresses.</param>
    /// <param name="options">Options of <c>openstack subnet create</c>.</param>
    public async Task CreateNetworkAsync(string name, string range, params string[] options)
    {
        await Demo.DoAsync("network", "create", name);
        _undo.Push(() => Demo.RunAsync("network", "delete", name));
        await Demo.DoAsync(["subnet", "create", "--network", name, "--subnet-range", range, .. options, name]);
    }

    /// <summary>A security group of the user demo, which goes with the tests, and lets nobody in; returns its id.</summary>
    public async Task<string> CreateSecurityGroupAsync(string name)
    {
        var id = await Demo.MakeAsync("security", "group", "create", name);
        _undo.Push(() => Demo.RunAsync("security", "group", "delete", id));
        return id;
    }

    private async Task StartAsync(Bed bed)
    {
        _directory = Directory.CreateTempSubdirectory("ndo");
        _undo.Push(() =>
        {
            _directory.Delete(recursive: true);
            return Task.CompletedTask;
        });
        _undo.Push(async () => { if (_run is not null) await _run.DisposeAsync(); });
        _run = await PrivateRun.StartAsync(Path.Combine(_directory.FullName, "run"));
        _undo.Push(async () => { if (_engine is not null) await _engine.DisposeAsync(); });
        _engine = await EngineProcess.StartAsync(
            Path.Combine(_directory.FullName, "e"), ["--bridge", $"ndo-{_directory.Name[3..]}"], _run.Enter);
        Directory.CreateDirectory(Path.GetDirectoryName(bed.NodeSocket)!);
        string[] ovs = TestSwitch.IsThere ? [TestSwitch.Setting] : [];
        Lab = Lab.On(new Uri(_engine.Address), _run.Enter, [$"http.socket={bed.NodeSocket}", .. ovs]);
        _undo.Push(EndLabAsync);
        Lab.NodeConfiguration = await Lab.FileAsync("node.conf", await ConfigurationAsync(bed));
        Lab.Proxy.Open();
        await Lab.StartNodeAsync();
        await Lab.EngineAnswersAsync();
        // It waits for a node, but not for ever.
        await bed.DoAsync("start-compute");
        Admin = new OpenStackClient(bed.Cloud, bed.Cloud.User("admin"));
        _undo.Push(async () => await Admin.DisposeAsync());
        Demo = new OpenStackClient(bed.Cloud, bed.Cloud.User("demo"));
        _undo.Push(async () => await Demo.DisposeAsync());
        await IsKnownAsync();
    }

    private async Task MakeAsync()
    {
        Image = await CreateImageAsync("shell", $"""
            busybox mkdir /www
            echo {Page} > /www/index.html
            busybox httpd -p {HttpPort} -h /www
            echo {Greeting}
            {Waiting}
            """);
        foreach (var (flavor, memory) in new[] { (Flavor, MemoryMb), (LargerFlavor, 2 * MemoryMb) })
        {
            await Admin.DoAsync("flavor", "create", "--ram", $"{memory}", "--disk", "1", "--vcpus", "1", flavor);
            _undo.Push(() => Admin.RunAsync("flavor", "delete", flavor));
        }

        await CreateNetworkAsync(Network, "198.18.64.0/24");
        await Demo.DoAsync("keypair", "create", "--private-key", Path.Combine(_directory.FullName, "key"), KeyPair);
        _undo.Push(() => Demo.RunAsync("keypair", "delete", KeyPair));
    }

    /// <summary>The Engine is this host's own and goes with its images, whichever the tests brought there.</summary>
    private async Task EndLabAsync()
    {
        foreach (var tag in (await Lab.Engine.AllImagesAsync()).SelectMany(image => image!["RepoTags"]?.AsArray() ?? []))
            Lab.KnownImages.Add(tag!.GetValue<string>().Split(':')[^1]);
        await Lab.DisposeAsync();
    }

    private async Task<string> ConfigurationAsync(Bed bed)
    {
        var nova = bed.Cloud.User("nova");
        var password = await Lab.FileAsync("password", nova.Password);
        var policy = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "hocon", "policy-example.conf"));
        return $$"""
            {{policy}}
            novadocker {
              images.store = glance
              instances.inject-key = on
              openstack {
                auth-url = "{{bed.Cloud.AuthUrl}}"
                user-name = {{nova.Name}}
                project-name = {{nova.Project}}
                password-file = "{{password}}"
                region = {{bed.Cloud.Region}}
              }
            }
            """;
    }
}
