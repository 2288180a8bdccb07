using System.Diagnostics;
using NovaDocker.Actors.Images;
using NovaDocker.Adapters.OpenStack.Glance;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Testing;

namespace NovaDocker.Images.Tests.OpenStack;

/// <summary>The way of a snapshot to a real Glance, over a connection that fails, or to a Glance that dies.</summary>
[Collection(GlanceTests.Name)]
public sealed class UploadTests
{
    private const string Upload = "^PUT .*/file ";

    private static readonly byte[] Archive = DownloadedImage.Archive;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    [SkippableTheory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public async Task Upload_that_is_cut_and_tried_again_is_filled_by_the_next_attempt(double part)
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        await using var proxy = new GlanceProxy(openStack.Glance);
        await using var glance = await GlanceByHand.LoginAsync(openStack);
        using var store = openStack.Store(proxy);
        var image = New(glance) with { IsTriedAgain = true };
        proxy.Add(new ProxyFault(Upload) { Request = new Flow { CutAt = (long)(Archive.Length * part) } });

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => AddAsync(store, image));
        Assert.True(error.ToFault().IsRetryable);
        await Eventually.BecomesAsync(
            () => glance.StatusAsync(image.Id), status => status == "queued", "Glance takes note", TestOpenStack.Patience);
        var added = await AddAsync(store, image);

        Assert.Equal((ImageState.Active, Archive.LongLength), (added.State, added.SizeBytes));
    }

    [SkippableFact]
    public async Task Upload_that_is_cut_and_not_tried_again_leaves_nothing()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        await using var proxy = new GlanceProxy(openStack.Glance);
        await using var glance = await GlanceByHand.LoginAsync(openStack);
        using var store = openStack.Store(proxy);
        var image = New(glance);
        proxy.Add(new ProxyFault(Upload) { Request = new Flow { CutAt = 1_000_000 } });

        await Assert.ThrowsAsync<ImageStoreException>(() => AddAsync(store, image));

        Assert.Equal("absent", await glance.StatusAsync(image.Id));
    }

    [SkippableFact]
    public async Task Glance_that_takes_no_more_is_given_up()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        await using var proxy = new GlanceProxy(openStack.Glance);
        await using var glance = await GlanceByHand.LoginAsync(openStack);
        using var store = openStack.Store(proxy, Silence);
        var image = New(glance);
        proxy.Add(new ProxyFault(Upload) { Request = new Flow { StallAt = 100_000 } });

        // More than fits into any buffer on the way.
        var error = await Assert.ThrowsAsync<ImageStoreException>(() => store.AddAsync(
            image, new SyntheticStream([], 64 * 1024 * 1024, []), ImageCaller.Nobody, default));

        Assert.Equal(FaultCode.TimedOut, error.Code);
        Assert.Contains("Glance took no byte of", error.Message, StringComparison.Ordinal);
        Assert.Equal("absent", await glance.StatusAsync(image.Id));
    }

    [SkippableFact]
    public async Task Byte_that_another_became_on_the_way_is_noticed_and_the_image_removed()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        await using var proxy = new GlanceProxy(openStack.Glance);
        await using var glance = await GlanceByHand.LoginAsync(openStack);
        using var store = openStack.Store(proxy);
        var image = New(glance) with { IsTriedAgain = true };
        proxy.Add(new ProxyFault(Upload) { Request = new Flow { AlterAt = 50_000 } });

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => AddAsync(store, image));

        Assert.Equal(FaultCode.ChecksumMismatch, error.Code);
        Assert.Equal("absent", await glance.StatusAsync(image.Id));
    }

    /// <summary>A Glance that is killed leaves a record that takes no more bytes; one that is stopped may put it right first.</summary>
    [SkippableTheory]
    [InlineData("kill-glance")]
    [InlineData("restart-glance")]
    public async Task What_a_Glance_that_ends_during_an_upload_leaves_can_be_removed(string command)
    {
        using var openStack = TestOpenStack.OpenOwnOrSkip();
        using var store = openStack.Store();
        await using var glance = await GlanceByHand.LoginAsync(openStack);
        var image = New(glance) with { IsTriedAgain = true };
        var silent = new SilentStream(Archive);
        var adding = store.AddAsync(image, silent, ImageCaller.Nobody, default);
        await silent.Silent;
        await Eventually.BecomesAsync(
            () => glance.StatusAsync(image.Id), status => status == "saving", "Glance has begun", TestOpenStack.Patience);

        await RunAsync(openStack, command);
        await RunAsync(openStack, "start-glance");

        var left = await glance.StatusAsync(image.Id);
        Assert.Contains(left, command == "kill-glance" ? ["saving"] : new[] { "saving", "queued" });
        silent.End();
        var error = await Assert.ThrowsAsync<ImageStoreException>(() => adding);
        Assert.True(error.ToFault().IsRetryable);
        if (left == "saving")
        {
            var again = await Assert.ThrowsAsync<ImageStoreException>(() => AddAsync(store, image));
            Assert.Contains("an upload that Glance did not survive", again.Message, StringComparison.Ordinal);
        }

        await store.RemoveAsync(image.Id, ImageCaller.Nobody, default);
        Assert.Equal("absent", await glance.StatusAsync(image.Id));
    }

    private static async Task RunAsync(TestOpenStack openStack, string command)
    {
        using var script = Process.Start(new ProcessStartInfo("bash", [openStack.Script, command, "--dir", openStack.Directory])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = await Task.WhenAll(script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync();
        Assert.True(script.ExitCode == 0, $"{command}: {string.Concat(output)}");
    }

    private static NewImage New(GlanceByHand glance) =>
        new(glance.Adopt(TestIds.Next()), "upload", EquatableMap<string>.Empty);

    private static Task<ImageDescription> AddAsync(GlanceImageStore store, NewImage image) =>
        store.AddAsync(image, new MemoryStream(Archive), ImageCaller.Nobody, default);
}
