using NovaDocker.Actors.Images;
using NovaDocker.Adapters.OpenStack.Glance;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Images.Tests.OpenStack;

/// <summary>
/// Who may see an image: the same, whether Glance is asked with the caller's token or judged by its rules here.
/// </summary>
[Collection(GlanceTests.Name)]
public sealed class VisibilityTests : IAsyncLifetime
{
    private TestOpenStack _openStack = null!;
    private GlanceImageStore _store = null!;
    private GlanceByHand _alice = null!;
    private GlanceByHand _admin = null!;

    public static TheoryData<bool> WithAndWithoutToken => new(true, false);

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(TestOpenStack.Variable) is null or "")
            return;
        _openStack = TestOpenStack.OpenOrSkip();
        _store = _openStack.Store();
        _alice = await GlanceByHand.LoginAsync(_openStack, "alice");
        _admin = await GlanceByHand.LoginAsync(_openStack);
    }

    public async Task DisposeAsync()
    {
        if (_openStack is null)
            return;
        await _alice.DisposeAsync();
        await _admin.DisposeAsync();
        _store.Dispose();
        _openStack.Dispose();
    }

    [SkippableTheory]
    [InlineData("private", null, false, false)]
    [InlineData("public", null, true, true)]
    [InlineData("community", null, true, false)]
    [InlineData("shared", null, false, false)]
    [InlineData("shared", "pending", true, false)]
    [InlineData("shared", "accepted", true, true)]
    [InlineData("shared", "rejected", true, false)]
    public async Task What_another_project_sees_is_the_same_with_its_token_and_without(
        string visibility, string? membership, bool isFound, bool isListed)
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        // What is public is an administrator's to make.
        var id = await (visibility == "public" ? _admin : _alice).CreateAsync(Record(visibility), [1, 2, 3]);
        if (membership is not null)
            await ShareAsync(id, membership);

        foreach (var bob in await CallersAsync("bob", "beta"))
        {
            Assert.Equal(isFound, await _store.FindAsync(id, bob, default) is not null);
            Assert.Equal(isListed, (await _store.ListAsync(null, bob, default)).Any(image => image.Id == id));
            Assert.Equal(isFound, await IsReadAsync(id, bob));
        }
    }

    [SkippableTheory]
    [InlineData("private")]
    [InlineData("community")]
    [InlineData("shared")]
    public async Task Its_own_project_sees_an_image_however_it_is_shown_to_others(string visibility)
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        var id = await _alice.CreateAsync(Record(visibility), [1, 2, 3]);

        foreach (var alice in await CallersAsync("alice", "alpha"))
        {
            var found = await _store.FindAsync(id, alice, default);
            Assert.Equal((visibility, alice.ProjectId), (found!.Visibility, found.Owner));
            Assert.Single(await _store.ListAsync(null, alice, default), image => image.Id == id);
            Assert.True(await IsReadAsync(id, alice));
        }
    }

    [SkippableFact]
    public async Task The_operator_sees_what_is_private()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        var id = await _alice.CreateAsync(Record("private"), [1, 2, 3]);

        Assert.NotNull(await _store.FindAsync(id, ImageCaller.Nobody, default));
        Assert.Contains(await _store.ListAsync(null, ImageCaller.Nobody, default), image => image.Id == id);
        Assert.True(await IsReadAsync(id, ImageCaller.Nobody));
    }

    [SkippableTheory]
    [MemberData(nameof(WithAndWithoutToken))]
    public async Task Image_that_is_made_for_a_project_is_its_own_and_private(bool withToken)
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        var alice = await CallerAsync("alice", "alpha", withToken);

        var added = await _store.AddAsync(New(), new MemoryStream([1, 2, 3]), alice, default);

        Assert.Equal((alice.ProjectId, "private"), (added.Owner, added.Visibility));
        foreach (var bob in await CallersAsync("bob", "beta"))
            Assert.Null(await _store.FindAsync(added.Id, bob, default));
        await _store.RemoveAsync(added.Id, alice, default);
        Assert.Equal("absent", await _admin.StatusAsync(added.Id));
    }

    [SkippableTheory]
    [MemberData(nameof(WithAndWithoutToken))]
    public async Task Image_of_another_project_is_not_removed(bool withToken)
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        var (seen, hidden) = (await _alice.CreateAsync(Record("community"), [1]), await _alice.CreateAsync(Record("private"), [1]));
        var bob = await CallerAsync("bob", "beta", withToken);

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => _store.RemoveAsync(seen, bob, default));
        // What cannot be seen is not there: nothing else may be told of it.
        await _store.RemoveAsync(hidden, bob, default);

        Assert.Equal(FaultCode.Denied, error.Code);
        Assert.Contains($"belongs to the project {_openStack.ProjectId("alpha")}, not to {bob.ProjectId}", error.Message, StringComparison.Ordinal);
        Assert.Equal(("active", "active"), (await _admin.StatusAsync(seen), await _admin.StatusAsync(hidden)));
    }

    [SkippableTheory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Record_of_another_project_is_not_filled(bool withToken, bool isActive)
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        var id = await _alice.CreateAsync(Record("private"));
        if (isActive)
            await _alice.FillAsync(id, [1]);
        var bob = await CallerAsync("bob", "beta", withToken);
        var unread = new MemoryStream([7, 7, 7]);

        var error = await Assert.ThrowsAsync<ImageStoreException>(
            () => _store.AddAsync(New() with { Id = id }, unread, bob, default));

        Assert.Equal(FaultCode.Conflict, error.Code);
        Assert.Equal(0, unread.Position);
        Assert.Equal(isActive ? "active" : "queued", await _admin.StatusAsync(id));
    }

    [SkippableFact]
    public async Task Token_that_was_revoked_gives_way_to_the_host_s_own_and_to_the_rules_here()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        var (seen, hidden) = (await _alice.CreateAsync(Record("community"), [1]), await _alice.CreateAsync(Record("private"), [1]));
        var bob = await RevokedAsync("bob");

        Assert.NotNull(await _store.FindAsync(seen, bob, default));
        Assert.Null(await _store.FindAsync(hidden, bob, default));
        Assert.True(await IsReadAsync(seen, bob));
        Assert.False(await IsReadAsync(hidden, bob));
        Assert.DoesNotContain(await _store.ListAsync(null, bob, default), image => image.Id == hidden);
    }

    [SkippableFact]
    public async Task Snapshot_whose_token_has_expired_still_belongs_to_its_project()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        var alice = await RevokedAsync("alice");

        var added = await _store.AddAsync(New(), new MemoryStream([1, 2, 3]), alice, default);

        Assert.Equal((alice.ProjectId, ImageState.Active), (added.Owner, added.State));
    }

    [SkippableFact]
    public async Task Token_of_another_project_shows_no_more_than_the_caller_s_project_may_see()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        var id = await _alice.CreateAsync(Record("private"), [1]);
        var foreign = _openStack.Caller("beta") with { Token = (await _openStack.CallerWithTokenAsync("alice")).Token };

        Assert.Null(await _store.FindAsync(id, foreign, default));
        Assert.False(await IsReadAsync(id, foreign));
        Assert.DoesNotContain(await _store.ListAsync(null, foreign, default), image => image.Id == id);
    }

    private NewImage New() =>
        new(_admin.Adopt(TestIds.Next()), "visibility", EquatableMap<string>.Empty);

    private static object Record(string visibility) =>
        new { name = "visibility", visibility, container_format = "docker", disk_format = "raw" };

    private async Task ShareAsync(ImageId id, string membership)
    {
        var beta = _openStack.ProjectId("beta");
        await _alice.PostAsync(id, "members", new { member = beta });
        await using var bob = await GlanceByHand.LoginAsync(_openStack, "bob");
        await bob.AnswerAsync(id, beta, membership);
    }

    private async Task<ImageCaller[]> CallersAsync(string user, string project) =>
        [await CallerAsync(user, project, true), await CallerAsync(user, project, false)];

    private async Task<ImageCaller> CallerAsync(string user, string project, bool withToken) =>
        withToken ? await _openStack.CallerWithTokenAsync(user) : _openStack.Caller(project);

    private async Task<ImageCaller> RevokedAsync(string user)
    {
        var caller = await _openStack.CallerWithTokenAsync(user);
        await GlanceByHand.RevokeAsync(_openStack, caller.Token!.Value);
        return caller;
    }

    private async Task<bool> IsReadAsync(ImageId id, ImageCaller caller)
    {
        try
        {
            await using var stream = await _store.OpenReadAsync(id, 0, caller, default);
            return await stream.ReadAsync(new byte[1]) == 1;
        }
        catch (ImageStoreException e) when (e.Code == FaultCode.NotFound)
        {
            return false;
        }
    }
}
