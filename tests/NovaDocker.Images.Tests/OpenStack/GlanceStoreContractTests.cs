using NovaDocker.Actors.Images;
using NovaDocker.Adapters.OpenStack.Glance;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Images.Tests.OpenStack;

/// <summary>Glance is held to the contract of stores by a password without TLS.</summary>
[Collection(GlanceTests.Name)]
public sealed class PasswordContractTests() : GlanceStoreContract(openStack => openStack.Plain(openStack.Password));

/// <summary>Glance is held to the contract of stores by an application credential with TLS.</summary>
[Collection(GlanceTests.Name)]
public sealed class ApplicationCredentialContractTests()
    : GlanceStoreContract(openStack => openStack.Tls(openStack.ApplicationCredential));

/// <summary>Tests of one Glance follow each other.</summary>
[CollectionDefinition(Name)]
public sealed class GlanceTests
{
    public const string Name = "Glance";
}

/// <summary>The contract of stores, by a real Glance.</summary>
public abstract class GlanceStoreContract : ImageStoreContract
{
    private readonly Lazy<TestOpenStack> _openStack = new(TestOpenStack.OpenOrSkip);
    private readonly Lazy<GlanceImageStore> _store;

    private protected GlanceStoreContract(Func<TestOpenStack, OpenStackSettings> settings) => _store = new(
        () => new GlanceImageStore(settings(_openStack.Value), TestOpenStack.Patience, TimeProvider.System));

    protected override IImageStore Store => _store.Value;

    public override async Task DisposeAsync()
    {
        if (!_store.IsValueCreated)
            return;
        await base.DisposeAsync();
        _store.Value.Dispose();
        _openStack.Value.Dispose();
    }
}

/// <summary>Each way to log in, over each way to get there.</summary>
[Collection(GlanceTests.Name)]
public sealed class LoginTests
{
    [SkippableTheory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Image_goes_in_and_out(bool byApplicationCredential, bool byTls)
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        var credentials = byApplicationCredential ? openStack.ApplicationCredential : openStack.Password;
        using var store = new GlanceImageStore(
            byTls ? openStack.Tls(credentials) : openStack.Plain(credentials), TestOpenStack.Patience, TimeProvider.System);
        var image = new NewImage(TestIds.Next(), "login", EquatableMap<string>.Empty);
        try
        {
            await store.AddAsync(image, new MemoryStream([1, 2, 3]), ImageCaller.Nobody, default);

            await using var stream = await store.OpenReadAsync(image.Id, 0, ImageCaller.Nobody, default);
            var bytes = new byte[4];
            Assert.Equal(3, await stream.ReadAtLeastAsync(bytes, 4, throwOnEndOfStream: false));
            Assert.Equal([1, 2, 3, 0], bytes);
        }
        finally
        {
            await store.RemoveAsync(image.Id, ImageCaller.Nobody, default);
        }
    }

    [SkippableFact]
    public async Task Certificate_of_an_unknown_authority_is_refused_with_the_setting_that_names_one()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        using var store = new GlanceImageStore(
            openStack.Tls(openStack.Password) with { CaFile = null }, TestOpenStack.Patience, TimeProvider.System);

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => store.ListAsync(null, ImageCaller.Nobody, default));

        Assert.Equal(FaultCode.Denied, error.Code);
        Assert.Contains("novadocker.openstack.ca-file", error.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wrong_secret_is_told_with_the_file_that_it_comes_from(bool byApplicationCredential)
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        var credentials = byApplicationCredential ? openStack.ApplicationCredential : openStack.Password;
        await File.WriteAllTextAsync(credentials.SecretFile, "not-it-5937");
        using var store = new GlanceImageStore(openStack.Plain(credentials), TestOpenStack.Patience, TimeProvider.System);

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => store.ListAsync(null, ImageCaller.Nobody, default));

        Assert.Equal(FaultCode.Denied, error.Code);
        Assert.Contains(credentials.SecretFile, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-it-5937", error.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Region_without_Glance_is_told_with_those_that_have_one()
    {
        using var openStack = TestOpenStack.OpenOrSkip();
        using var store = new GlanceImageStore(
            openStack.Plain(openStack.Password) with { Region = "RegionBare" }, TestOpenStack.Patience, TimeProvider.System);

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => store.ListAsync(null, ImageCaller.Nobody, default));

        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.Contains("'RegionBare' (novadocker.openstack.region); it has it in RegionOne", error.Message, StringComparison.Ordinal);
    }
}
