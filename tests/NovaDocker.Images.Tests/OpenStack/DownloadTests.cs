using System.Globalization;
using System.Security.Cryptography;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Testing;

namespace NovaDocker.Images.Tests.OpenStack;

/// <summary>An image in a real Glance, for all tests of downloads.</summary>
public sealed class DownloadedImage : IAsyncLifetime
{
    private TestOpenStack? _openStack;
    private GlanceByHand? _glance;

    internal static byte[] Archive { get; } = new ArchiveBuilder()
        .File("config.json", ArchiveBuilder.Config)
        .File("l.tar", RandomNumberGenerator.GetBytes(2_000_000))
        .Manifest(ArchiveBuilder.Image("config.json", ["a:1"], "l.tar"))
        .Build();

    public ImageId Id { get; private set; }

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(TestOpenStack.Variable) is null or "")
            return;
        _openStack = TestOpenStack.OpenOrSkip();
        _glance = await GlanceByHand.LoginAsync(_openStack);
        Id = await _glance.CreateAsync(new { name = "download", container_format = "docker", disk_format = "raw" }, Archive);
    }

    public async Task DisposeAsync()
    {
        if (_glance is not null)
            await _glance.DisposeAsync();
        _openStack?.Dispose();
    }
}

/// <summary>The way from a real Glance into an Engine, over a connection that fails.</summary>
[Collection(GlanceTests.Name)]
public sealed class DownloadTests(DownloadedImage image) : IClassFixture<DownloadedImage>, IAsyncDisposable
{
    private const string Download = "^GET .*/file ";
    private const string Empty = "Content-Length: 0\r\nConnection: close\r\n\r\n";

    private static readonly byte[] Archive = DownloadedImage.Archive;

    private readonly StubEngine _engine = new();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [SkippableTheory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public async Task Download_that_is_cut_goes_on_where_it_was_cut(double part)
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        await using var proxy = new GlanceProxy(openStack.Glance);
        var cut = (long)(Archive.Length * part);
        proxy.Add(new ProxyFault(Download) { Reply = new Flow { CutAt = cut } });

        await LoadAsync(openStack, proxy);

        AssertLoaded();
        Assert.Equal(["", $"bytes={cut}-"], proxy.Downloads);
    }

    [SkippableFact]
    public async Task Download_that_is_cut_again_and_again_arrives_as_long_as_bytes_come()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        await using var proxy = new GlanceProxy(openStack.Glance);
        proxy.Add(new ProxyFault(Download) { Times = 8, Reply = new Flow { CutAt = 200_000 } });

        await LoadAsync(openStack, proxy, new ResumeSettings { MaxAttempts = 1, InitialBackoff = TimeSpan.FromMilliseconds(1) });

        AssertLoaded();
        Assert.Equal(9, proxy.Downloads.Length);
    }

    [SkippableFact]
    public async Task Download_that_never_goes_on_is_given_up_with_the_place()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        await using var proxy = new GlanceProxy(openStack.Glance);
        proxy.Add(new ProxyFault(Download) { Reply = new Flow { CutAt = 100_000 } });
        proxy.Add(new ProxyFault(Download) { Times = int.MaxValue, Reply = new Flow { CutAt = 0 } });

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => LoadAsync(
            openStack, proxy, new ResumeSettings { MaxAttempts = 2, InitialBackoff = TimeSpan.FromMilliseconds(1) }));

        Assert.Equal(FaultCode.Transient, error.Code);
        Assert.Contains($"3 times in a row at byte 100000 of {Archive.Length}", error.Message, StringComparison.Ordinal);
        Assert.Empty(_engine.Ids);
    }

    [SkippableFact]
    public async Task Download_that_stalls_goes_on_over_another_connection()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        await using var proxy = new GlanceProxy(openStack.Glance);
        proxy.Add(new ProxyFault(Download) { Reply = new Flow { StallAt = 1_000_000 } });

        await LoadAsync(openStack, proxy, silence: TimeSpan.FromSeconds(5));

        AssertLoaded();
        Assert.Equal("bytes=1000000-", proxy.Downloads[1]);
    }

    [SkippableTheory]
    [InlineData("401 Unauthorized")]
    [InlineData("503 Service Unavailable")]
    public async Task Download_that_is_refused_once_is_asked_for_again(string status)
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        await using var proxy = new GlanceProxy(openStack.Glance);
        proxy.Add(new ProxyFault(Download) { Answer = $"HTTP/1.1 {status}\r\n{Empty}" });

        await LoadAsync(openStack, proxy);

        AssertLoaded();
        Assert.Equal(2, proxy.Downloads.Length);
        var tokens = proxy.Requests.Select(head => head["X-Auth-Token"]).Distinct().Count();
        Assert.Equal(status.StartsWith("401", StringComparison.Ordinal) ? 2 : 1, tokens);
    }

    [SkippableFact]
    public async Task Byte_that_another_became_is_noticed_and_nothing_is_loaded()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        await using var proxy = new GlanceProxy(openStack.Glance);
        proxy.Add(new ProxyFault(Download) { Reply = new Flow { AlterAt = 1_000_000 } });

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => LoadAsync(openStack, proxy));

        Assert.Equal(FaultCode.ChecksumMismatch, error.Code);
        Assert.Empty(_engine.Ids);
        Assert.Empty(_engine.Tags);
    }

    [SkippableFact]
    public async Task Store_that_cannot_begin_in_the_middle_is_read_over()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        await using var proxy = new GlanceProxy(openStack.Glance);
        proxy.Add(new ProxyFault(Download) { Reply = new Flow { CutAt = 1_500_000 } });
        proxy.Add(new ProxyFault(Download) { IgnoresRange = true, Reply = new Flow { CutAt = 1_000_000 } });
        proxy.Add(new ProxyFault(Download) { IgnoresRange = true });

        await LoadAsync(openStack, proxy);

        AssertLoaded();
        Assert.Equal(["", "bytes=1500000-", "bytes=1500000-"], proxy.Downloads);
    }

    [SkippableFact]
    public async Task Image_that_is_removed_on_the_way_is_told_as_such()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        await using var proxy = new GlanceProxy(openStack.Glance);
        await using var glance = await GlanceByHand.LoginAsync(openStack);
        var id = await glance.CreateAsync(new { name = "removed", container_format = "docker", disk_format = "raw" }, Archive);
        var removed = new TaskCompletionSource();
        var fault = proxy.Add(new ProxyFault(Download) { Reply = new Flow { StallAt = 1_000_000, StalledUntil = removed.Task } });
        var loading = LoadAsync(openStack, proxy, id: id);
        await fault.Reached;

        await glance.DeleteAsync(id);
        removed.SetResult();

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => loading);
        Assert.Equal(FaultCode.NotFound, error.Code);
        Assert.Contains($"of which 1000000 of {Archive.Length.ToString(CultureInfo.InvariantCulture)} bytes had come", error.Message, StringComparison.Ordinal);
        Assert.Empty(_engine.Ids);
    }

    [SkippableFact]
    public async Task Bytes_that_come_slowly_are_no_silence()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        // It outlives the proxy: who waits for a semaphore that is disposed waits for ever.
        using var gate = new SemaphoreSlim(0);
        await using var proxy = new GlanceProxy(openStack.Glance);
        proxy.Add(new ProxyFault(Download) { Reply = new Flow { ByteByByte = gate } });
        using var store = openStack.Store(proxy);
        var time = new ManualTime();
        await using var stream = new InactivityStream(
            "it", await store.OpenReadAsync(image.Id, 0, ImageCaller.Nobody, default), TimeSpan.FromMinutes(2), time);
        var piece = new byte[10];

        for (var i = 0; i < 20; i++)
        {
            var reading = stream.ReadAsync(piece).AsTask();
            time.Advance(TimeSpan.FromSeconds(119));
            gate.Release();
            Assert.Equal((1, Archive[i]), (await reading, piece[0]));
        }
    }

    private void AssertLoaded() => Assert.Equal([ArchiveBuilder.ConfigDigest], _engine.Ids);

    private async Task LoadAsync(
        TestOpenStack openStack, GlanceProxy proxy, ResumeSettings? resume = null, ImageId? id = null, TimeSpan? silence = null)
    {
        var patience = silence ?? TestOpenStack.Patience;
        using var store = openStack.Store(proxy, patience);
        var transfer = new ImageTransfer(
            _engine, store,
            new ImageSettings
            {
                StoreDirectory = "unused",
                InactivityTimeout = patience,
                Resume = resume ?? new ResumeSettings { MaxAttempts = 20, InitialBackoff = TimeSpan.FromMilliseconds(1) },
            },
            TimeProvider.System, new ListLogger<ImageTransfer>());
        var found = await store.FindAsync(id ?? image.Id, ImageCaller.Nobody, default);
        await transfer.LoadAsync(found!, ImageCaller.Nobody, new ListProgress(), default);
    }
}
