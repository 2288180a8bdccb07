using NovaDocker.Actors.Images;
using NovaDocker.Adapters.OpenStack.Glance;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Testing;

namespace NovaDocker.Images.Tests.OpenStack;

/// <summary>The host's own tokens and those that are lent to it.</summary>
public sealed class TokenTests : IAsyncLifetime, IDisposable
{
    private static readonly ImageId Id = new(new Guid(StubOpenStack.ImageId));

    private readonly StubOpenStack _stub = new();
    private readonly ManualTime _time = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stub.DisposeAsync();

    public void Dispose() => _stub.DisposeSecrets();

    [Fact]
    public async Task Token_is_kept_and_renewed_before_it_expires_by_how_long_it_lives()
    {
        using var store = _stub.Store(_time);
        await FindAsync(store);
        _time.Advance(TimeSpan.FromMinutes(54));
        await FindAsync(store);
        Assert.Equal(["t1", "t1"], _stub.TokensUsed);

        _time.Advance(TimeSpan.FromMinutes(2));
        await FindAsync(store);

        Assert.Equal(["t1", "t1", "t2"], _stub.TokensUsed);
    }

    [Fact]
    public async Task Many_who_ask_at_once_share_one_token()
    {
        using var store = _stub.Store(_time);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => FindAsync(store)));

        Assert.Equal(1, _stub.TokensGiven);
    }

    [Fact]
    public async Task Old_token_is_used_while_Keystone_is_away_and_it_is_good_and_not_longer()
    {
        using var store = _stub.Store(_time);
        await FindAsync(store);
        _stub.Answer = KeystoneAway;
        _time.Advance(TimeSpan.FromMinutes(56));

        await FindAsync(store);
        await FindAsync(store);
        Assert.Equal(["t1", "t1", "t1"], _stub.TokensUsed);
        Assert.Equal(2, KeystoneCalls);

        _time.Advance(TimeSpan.FromSeconds(31));
        await FindAsync(store);
        Assert.Equal(3, KeystoneCalls);

        _time.Advance(TimeSpan.FromMinutes(4));
        var error = await Assert.ThrowsAsync<ImageStoreException>(() => FindAsync(store));
        Assert.Equal(FaultCode.Unavailable, error.Code);
        Assert.Contains("Keystone was asked for a token of user 'nova'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_that_Glance_refuses_is_renewed_once()
    {
        using var store = _stub.Store();
        await FindAsync(store);
        _stub.Answer = (_, _, token) => token == "t1" ? StubOpenStack.Ok("", "401 Unauthorized") : null;

        await FindAsync(store);
        await FindAsync(store);

        Assert.Equal(["t1", "t1", "t2", "t2"], _stub.TokensUsed);
    }

    [Fact]
    public async Task Glance_that_refuses_every_token_is_not_asked_for_ever()
    {
        using var store = _stub.Store(change: settings => settings with { MaxAttempts = 3 });
        _stub.Answer = (_, _, token) => token is null ? null : StubOpenStack.Ok("", "401 Unauthorized");

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => FindAsync(store));

        Assert.Equal(FaultCode.Denied, error.Code);
        Assert.Equal(["t1", "t2"], _stub.TokensUsed);
    }

    [Fact]
    public async Task Token_that_was_lent_is_not_tried_again_once_it_was_refused()
    {
        using var store = _stub.Store();
        _stub.Answer = (_, _, token) => token == "lent" ? StubOpenStack.Ok("", "401 Unauthorized") : null;
        var caller = new ImageCaller("p", new RequestToken("lent"));

        await store.FindAsync(Id, caller, default);
        await store.FindAsync(Id, caller, default);

        Assert.Equal(["lent", "t1", "t1"], _stub.TokensUsed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_whose_token_is_refused_before_its_bytes_are_taken_is_sent_with_another(bool isLent)
    {
        using var store = _stub.Store();
        var refused = isLent ? "lent" : "t1";
        var sent = false;
        _stub.Answer = (method, path, token) => (method, path) switch
        {
            ("PUT", _) when token == refused => StubOpenStack.Ok("", "401 Unauthorized"),
            ("PUT", _) => StubOpenStack.Ok((sent = true).ToString(), "204 No Content"),
            ("GET", _) => StubOpenStack.Ok(StubOpenStack.Image(sent ? "active" : "queued")),
            _ => null,
        };
        var source = new MemoryStream([1, 2, 3]);

        // The stub takes no bytes, so what it stored cannot be right; what counts is who it was asked by.
        await Record.ExceptionAsync(() => store.AddAsync(
            new NewImage(Id, "n", EquatableMap<string>.Empty) { IsTriedAgain = true }, source,
            new ImageCaller("o", isLent ? new RequestToken("lent") : null), default));

        Assert.True(sent);
        Assert.Equal(isLent ? "t1" : "t2", _stub.TokensUsed[2]);
    }

    [Fact]
    public async Task No_secret_is_in_any_error_or_text()
    {
        var lent = new RequestToken("lent-5521");
        using var store = _stub.Store();
        var errors = new List<string>();
        // What answers with what it was sent gives nothing away here either.
        _stub.Answer = (_, path, token) => path.Contains("auth", StringComparison.Ordinal)
            ? StubOpenStack.Ok($"you said {StubOpenStack.Password}", "400 Bad Request")
            : null;
        errors.Add((await Assert.ThrowsAsync<ImageStoreException>(() => FindAsync(store))).ToString());
        _stub.Answer = (_, _, token) => token is null ? null : StubOpenStack.Ok($"you said {token}", "403 Forbidden");
        errors.Add((await Assert.ThrowsAsync<ImageStoreException>(() => FindAsync(store))).ToString());
        errors.Add((await Assert.ThrowsAsync<ImageStoreException>(
            () => store.FindAsync(Id, new ImageCaller("p", lent), default))).ToString());

        errors.Add(lent.ToString());
        errors.Add(new ImageCaller("p", lent).ToString());
        errors.Add(_stub.Settings.ToString());
        Assert.All(errors, text =>
        {
            Assert.DoesNotContain(StubOpenStack.Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain("lent-5521", text, StringComparison.Ordinal);
            Assert.DoesNotContain("said t1", text, StringComparison.Ordinal);
        });
        Assert.Contains("you said (secret)", errors[0], StringComparison.Ordinal);
    }

    private int KeystoneCalls => _stub.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal));

    private static string? KeystoneAway(string method, string path, string? token) =>
        method == "POST" ? StubOpenStack.Ok("later", "503 Service Unavailable") : null;

    private static Task<ImageDescription?> FindAsync(GlanceImageStore store) => store.FindAsync(Id, ImageCaller.Nobody, default);
}
