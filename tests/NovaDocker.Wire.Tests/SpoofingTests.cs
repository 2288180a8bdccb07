using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NovaDocker.Domain.Common;

namespace NovaDocker.Wire.Tests;

/// <summary>Bytes that name a type of their own choice make nothing, whichever way the name comes.</summary>
[Collection(OneAtATime.Name)]
public sealed class SpoofingTests : IAsyncLifetime
{
    private const int Json = RefusingJsonSerializer.JsonIdentifier;

    private readonly ActorSystem _system = ActorSystem.Create("closed", SerializationConfig.Value);

    public static TheoryData<string> Manifests => [Foreign.TypeName, "", "instance.step-started.v1", "System.Object"];

    private Akka.Serialization.Serialization Closed => _system.Serialization;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task Akka_as_it_comes_makes_the_foreign_type()
    {
        var open = ActorSystem.Create("open");
        var made = Foreign.Made;

        Assert.IsType<Foreign>(open.Serialization.Deserialize(Foreign.Json, Json, Foreign.TypeName));
        Assert.Equal(made + 1, Foreign.Made);

        await open.Terminate();
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_type_named_in_json_is_not_made(string manifest)
    {
        var made = Foreign.Made;

        Assert.ThrowsAny<SerializationException>(() => Closed.Deserialize(Foreign.Json, Json, manifest));

        Assert.Equal(made, Foreign.Made);
    }

    [Fact]
    public void A_type_given_with_the_json_is_not_made()
    {
        var made = Foreign.Made;

        Assert.ThrowsAny<SerializationException>(() => Closed.Deserialize(Foreign.Json, Json, typeof(Foreign)));

        Assert.Equal(made, Foreign.Made);
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_type_named_as_our_manifest_is_not_made(string manifest)
    {
        var made = Foreign.Made;

        Assert.ThrowsAny<SerializationException>(
            () => Closed.Deserialize(Foreign.Json, NovaDockerSerializer.WireIdentifier, manifest));

        Assert.Equal(made, Foreign.Made);
    }

    [Fact]
    public void A_foreign_type_is_not_written() =>
        Assert.ThrowsAny<SerializationException>(() => Closed.Serialize(new Foreign()));

    [Fact]
    public void A_foreign_type_finds_no_serializer() =>
        Assert.ThrowsAny<SerializationException>(() => Closed.FindSerializerForType(typeof(Foreign)));

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void A_message_of_ours_goes_by_our_serializer(string name)
    {
        var sample = Samples.Named(name);
        var serializer = Closed.FindSerializerFor(sample.Message);

        Assert.Equal(7401, serializer.Identifier);
        sample.AssertSameAs(Closed.Deserialize(
            serializer.ToBinary(sample.Message), serializer.Identifier,
            Akka.Serialization.Serialization.ManifestFor(serializer, sample.Message)));
    }

    [Fact]
    public async Task A_hosted_system_is_closed_whatever_its_files_say()
    {
        var file = ConfigurationFactory.ParseString(
            """
            akka.actor.serializers.json = "Akka.Serialization.NewtonSoftJsonSerializer, Akka"
            akka.actor.serialization-settings.allow-unregistered-types = on
            """);
        using var host = new HostBuilder().ConfigureServices(services => services.AddAkka("hosted", builder => builder
            .AddHocon(file, HoconAddMode.Prepend)
            .WithNovaDockerSerialization())).Build();
        await host.StartAsync();
        var hosted = host.Services.GetRequiredService<ActorSystem>().Serialization;

        Assert.IsType<NovaDockerSerializer>(hosted.FindSerializerForType(typeof(IWireMessage)));
        Assert.ThrowsAny<SerializationException>(() => hosted.Serialize(new Foreign()));
        Assert.ThrowsAny<SerializationException>(() => hosted.Deserialize(Foreign.Json, Json, Foreign.TypeName));
        await host.StopAsync();
    }
}
