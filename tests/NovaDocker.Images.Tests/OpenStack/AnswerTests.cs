using System.Net;
using System.Net.Sockets;
using NovaDocker.Actors.Images;
using NovaDocker.Adapters.OpenStack.Glance;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Testing.Processes;

namespace NovaDocker.Images.Tests.OpenStack;

/// <summary>What is made of answers that a Keystone and a Glance in order do not give.</summary>
public sealed class AnswerTests : IAsyncLifetime, IDisposable
{
    private static readonly ImageId Id = new(new Guid(StubOpenStack.ImageId));

    private readonly StubOpenStack _stub = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stub.DisposeAsync();

    public void Dispose() => _stub.DisposeSecrets();

    [Theory]
    [InlineData("500 Oops")]
    [InlineData("502 Bad Gateway")]
    [InlineData("503 Service Unavailable")]
    [InlineData("429 Too Many Requests")]
    public async Task What_may_pass_is_tried_again(string status)
    {
        using var store = _stub.Store(change: settings => settings with { MaxAttempts = 2 });
        var answers = new Queue<string?>([StubOpenStack.Ok("<html><b>wait</b></html>", status), null]);
        _stub.Answer = (_, _, token) => token is null ? null : answers.Dequeue();

        Assert.NotNull(await store.FindAsync(Id, ImageCaller.Nobody, default));
        Assert.Empty(answers);
    }

    [Fact]
    public async Task What_does_not_pass_is_tried_as_often_as_is_set_and_told_in_Glance_s_words()
    {
        using var store = _stub.Store(change: settings => settings with { MaxAttempts = 3 });
        _stub.Answer = (_, _, token) => token is null ? null : StubOpenStack.Ok("<html><b>no disk</b></html>", "503 Away");

        var error = await FindFailsAsync(store);

        Assert.Equal(FaultCode.Unavailable, error.Code);
        Assert.Equal($"Image {Id} was looked up in Glance: 503 no disk", error.Message);
        Assert.Equal(3, _stub.TokensUsed.Length);
    }

    [Theory]
    [InlineData("400 Bad Request", FaultCode.Invalid)]
    [InlineData("403 Forbidden", FaultCode.Denied)]
    [InlineData("409 Conflict", FaultCode.Conflict)]
    [InlineData("413 Too Large", FaultCode.NoCapacity)]
    public async Task What_is_final_is_asked_once(string status, FaultCode code)
    {
        using var store = _stub.Store(change: settings => settings with { MaxAttempts = 3 });
        _stub.Answer = (_, _, token) => token is null ? null : StubOpenStack.Ok("", status);

        Assert.Equal(code, (await FindFailsAsync(store)).Code);
        Assert.Single(_stub.TokensUsed);
    }

    [Fact]
    public async Task Endpoints_are_tried_in_turn()
    {
        await using var away = new StubOpenStack { Answer = (_, _, _) => StubOpenStack.Ok("", "503 Away") };
        using var nobody = new ReservedPort();
        await using var mute = new StubOpenStack { Answer = (_, _, _) => "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" + StubOpenStack.Stalls };
        using var store = _stub.Store(change: settings => settings with
        {
            ImageEndpoints = [away.Address, AddressOf(nobody), mute.Address, _stub.Address],
            RequestTimeout = TimeSpan.FromSeconds(5),
        });

        Assert.NotNull(await store.FindAsync(Id, ImageCaller.Nobody, default));

        Assert.Equal((1, 1), (away.Requests.Length, mute.Requests.Length));
    }

    [Fact]
    public async Task Last_endpoint_s_failure_is_told_where_all_fail()
    {
        using var first = new ReservedPort();
        using var last = new ReservedPort();
        using var store = _stub.Store(change: settings => settings with { ImageEndpoints = [AddressOf(first), AddressOf(last)] });

        var error = await FindFailsAsync(store);

        Assert.Equal(FaultCode.Unavailable, error.Code);
        Assert.Contains($"{AddressOf(last).GetLeftPart(UriPartial.Authority)} does not answer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_where_no_connection_comes_about_is_away()
    {
        // A queue of connections that is full lets no other one in.
        using var full = new Socket(SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        using var one = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await one.ConnectAsync(full.LocalEndPoint!);
        using var store = _stub.Store(change: settings => settings with
        {
            ImageEndpoints = [new Uri($"http://{full.LocalEndPoint}")],
            ConnectTimeout = TimeSpan.FromSeconds(5),
        });

        var error = await FindFailsAsync(store);

        Assert.Equal(FaultCode.Unavailable, error.Code);
        Assert.Contains($"no connection to http://{full.LocalEndPoint} within 5 s", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{")]
    [InlineData("HTTP/1.1 503 Away\r\nContent-Length: 999\r\n\r\n")]
    public async Task Answer_that_stalls_is_given_up_after_the_limit(string beginning)
    {
        using var store = _stub.Store(change: settings => settings with { RequestTimeout = TimeSpan.FromSeconds(5) });
        _stub.Answer = (_, _, token) => token is null ? null : beginning + StubOpenStack.Stalls;

        var error = await FindFailsAsync(store);

        Assert.Equal(FaultCode.TimedOut, error.Code);
        Assert.Contains("gave no answer within 5 s", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nX: ")]
    [InlineData("HTTP/1.1 404 Gone\r\nContent-Length: 999\r\n\r\n")]
    public async Task Download_whose_answer_does_not_begin_or_whose_refusal_stalls_is_given_up_after_the_limit(string beginning)
    {
        using var store = _stub.Store(change: settings => settings with { RequestTimeout = TimeSpan.FromSeconds(5) });
        _stub.Answer = (_, path, _) => path.EndsWith("/file", StringComparison.Ordinal) ? beginning + StubOpenStack.Stalls : null;

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => store.OpenReadAsync(Id, 0, ImageCaller.Nobody, default));

        Assert.Equal(FaultCode.TimedOut, error.Code);
        Assert.Contains("gave no answer within 5 s", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"images":1}""")]
    [InlineData("""{"images":[{"id":"x"}]}""")]
    [InlineData("""{"images":[],"next":"/v2/images?marker=1"}""")]
    [InlineData("""{"images":[],"next":"http://elsewhere/"}""")]
    [InlineData("""{"id":"6f1c0b5e-8f4a-4f52-9d59-6f1d1a0a7c01","status":"melted","created_at":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"id":"6f1c0b5e-8f4a-4f52-9d59-6f1d1a0a7c01","status":"active","created_at":"yesterday"}""")]
    public async Task Answer_that_is_not_one_of_Glance_s_is_told_as_such(string body)
    {
        using var store = _stub.Store();
        _stub.Answer = (_, _, token) => token is null ? null : StubOpenStack.Ok(body);

        var listing = await Assert.ThrowsAsync<ImageStoreException>(() => store.ListAsync(null, ImageCaller.Nobody, default));
        var finding = await FindFailsAsync(store);

        Assert.Equal((FaultCode.Invalid, FaultCode.Invalid), (listing.Code, finding.Code));
        Assert.Contains("the answer is not one of Glance's", listing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"token":{"issued_at":"x","expires_at":"y"}}""")]
    [InlineData("""{"token":{"issued_at":"2026-01-01T00:00:00Z","expires_at":"2026-01-01T00:00:00Z","catalog":{}}}""")]
    [InlineData("""{"token":{"issued_at":"0001-01-01T00:00:00Z","expires_at":"9999-12-31T00:00:00Z"}}""")]
    public async Task Answer_that_is_not_one_of_Keystone_s_is_told_as_such(string body)
    {
        using var store = _stub.Store();
        _stub.Answer = (_, _, _) => StubOpenStack.Ok(body, "201 Created", "X-Subject-Token: t");

        var error = await FindFailsAsync(store);

        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.Contains("is not one of Keystone's", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compute", "One", "internal", "", "no service of type 'image'; it has compute.")]
    [InlineData("image", "One", "internal", "Two", "no service 'image' in the region 'Two' (novadocker.openstack.region); it has it in One.")]
    [InlineData("image", "One", "public", "One", "no internal endpoint of the service 'image' (novadocker.openstack.interface); it has public.")]
    public async Task Catalogue_that_lacks_what_is_needed_is_told_with_what_it_has(
        string type, string region, string @interface, string wanted, string problem)
    {
        using var store = _stub.Store(change: settings => settings with { Region = wanted });
        _stub.Catalogue = _stub.CatalogueOf(type, region, @interface);

        var error = await FindFailsAsync(store);

        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.Contains($"Keystone's catalogue has {problem}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_is_not_followed_since_it_would_take_the_token_along()
    {
        await using var elsewhere = new StubOpenStack();
        using var store = _stub.Store();
        _stub.Answer = (_, _, token) => token is null ? null : StubOpenStack.Ok("", "302 Found", $"Location: {elsewhere.Address}v2/images/{Id}");

        var error = await FindFailsAsync(store);

        Assert.Contains("302", error.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task List_goes_on_from_page_to_page()
    {
        using var store = _stub.Store();
        var other = StubOpenStack.Image().Replace("7c01", "7c00", StringComparison.Ordinal);
        _stub.Answer = (_, path, token) => token is null ? null : path.Contains("marker", StringComparison.Ordinal)
            ? StubOpenStack.Ok($$"""{"images":[{{other}}]}""")
            : StubOpenStack.Ok($$"""{"images":[{{StubOpenStack.Image()}}],"next":"/v2/images?marker=1"}""");

        var images = await store.ListAsync(null, ImageCaller.Nobody, default);

        Assert.Equal(["00", "01"], images.Select(image => image.Id.ToString()[^2..]));
        Assert.Equal("GET /v2/images?marker=1", _stub.Requests[^1]);
    }

    [Fact]
    public async Task Upload_that_is_refused_is_told_in_Glance_s_words_and_takes_no_byte_of_the_archive()
    {
        using var store = _stub.Store();
        _stub.Answer = (method, _, _) => method switch
        {
            "PUT" => StubOpenStack.Ok("quota is 5 bytes", "413 Too Large"),
            "GET" => StubOpenStack.Ok(StubOpenStack.Image("queued")),
            _ => null,
        };
        var unread = new MemoryStream([1, 2, 3]);

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => store.AddAsync(
            new NewImage(Id, "n", EquatableMap<string>.Empty), unread, ImageCaller.Nobody, default));

        Assert.Equal(FaultCode.NoCapacity, error.Code);
        Assert.EndsWith("413 quota is 5 bytes", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, unread.Position);
    }

    private static Uri AddressOf(ReservedPort nobodys) => new($"http://127.0.0.1:{nobodys.Number}");

    private static Task<ImageStoreException> FindFailsAsync(GlanceImageStore store) =>
        Assert.ThrowsAsync<ImageStoreException>(() => store.FindAsync(Id, ImageCaller.Nobody, default));
}
