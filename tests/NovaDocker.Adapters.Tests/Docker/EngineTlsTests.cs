using NovaDocker.Actors.Docker;

namespace NovaDocker.Adapters.Tests.Docker;

/// <summary>Whom the adapter trusts over TCP, and as whom it shows itself.</summary>
public sealed class EngineTlsTests
{
    private const string Localhost = "localhost";

    [Fact]
    public async Task An_Engine_of_the_authority_given_is_trusted_and_sees_our_certificate()
    {
        await using var stub = new TlsEngineStub(Localhost);

        var asPem = await AskAsync(new EngineSettings
        {
            Host = stub.Address,
            TlsCaFile = stub.CaFile,
            TlsCertificateFile = stub.CertificateFile,
            TlsKeyFile = stub.KeyFile,
        });
        var asPkcs12 = await AskAsync(
            new EngineSettings { Host = stub.Address, TlsCaFile = stub.CaFile, TlsCertificateFile = stub.Pkcs12File });

        Assert.Equal("CN=client", asPem.Version);
        Assert.Equal("CN=client", asPkcs12.Version);
    }

    [Fact]
    public async Task An_Engine_of_an_unknown_authority_is_not_spoken_to_unless_told()
    {
        await using var stub = new TlsEngineStub(Localhost);
        var settings = new EngineSettings { Host = stub.Address };

        var failure = await Assert.ThrowsAsync<EngineException>(() => AskAsync(settings));
        var unverified = await AskAsync(settings with { TlsVerify = false });

        Assert.Equal(EngineErrorKind.Unavailable, failure.Kind);
        Assert.Equal("nobody", unverified.Version);
    }

    [Fact]
    public async Task An_Engine_with_another_name_in_its_certificate_is_not_spoken_to()
    {
        await using var stub = new TlsEngineStub("elsewhere");

        var failure = await Assert.ThrowsAsync<EngineException>(
            () => AskAsync(new EngineSettings { Host = stub.Address, TlsCaFile = stub.CaFile }));

        Assert.Equal(EngineErrorKind.Unavailable, failure.Kind);
    }

    [Fact]
    public void A_TLS_file_that_cannot_be_read_is_named_when_opened()
    {
        var failure = Assert.Throws<EngineException>(() => TestEngine.Open(
            new EngineSettings { Host = new Uri("tcp://localhost:1"), TlsCaFile = "/nowhere/ca.pem" }));

        Assert.Equal(EngineErrorKind.Invalid, failure.Kind);
        Assert.Contains("/nowhere/ca.pem", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<EngineInfo> AskAsync(EngineSettings settings)
    {
        await using var engine = TestEngine.Open(settings);
        return await engine.GetInfoAsync(CancellationToken.None);
    }
}
