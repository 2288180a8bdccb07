using Akka.Configuration;
using NovaDocker.Actors.Hosting;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Settings;

namespace NovaDocker.Actors.Tests.Hosting;

/// <summary>What <c>novadocker.openstack</c> says, and what it cannot.</summary>
public sealed class OpenStackSettingsTests : IDisposable
{
    private const string Url = "auth-url = \"https://keystone.example:5000/v3\"\n";

    private readonly TemporaryDirectory _directory = new();
    private readonly string _file;

    public OpenStackSettingsTests()
    {
        _file = _directory.Combine("secret");
        File.WriteAllText(_file, "x");
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Without_a_Keystone_there_is_no_OpenStack() => Assert.Null(Read("").OpenStack);

    [Fact]
    public void User_with_a_password_is_read_with_the_defaults_of_the_reference()
    {
        var settings = Read(Url + User).OpenStack;

        Assert.Equal(
            new OpenStackSettings
            {
                AuthUrl = new Uri("https://keystone.example:5000/v3"),
                Credentials = new OpenStackCredentials.Password("nova", "Default", "service", "Default", _file),
                Region = "",
                Interface = "internal",
                ImageEndpoints = [],
                CaFile = null,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                RequestTimeout = TimeSpan.FromSeconds(30),
                MaxAttempts = 3,
            },
            settings);
    }

    [Fact]
    public void Application_credential_and_all_else_is_read()
    {
        var settings = Read(
            $$"""
            auth-url = "http://k"
            application-credential-id = "abc", application-credential-secret-file = "{{_file}}"
            region = "R", interface = public, image-endpoints = ["http://g1", "https://g2/image"], ca-file = "{{_file}}"
            connect-timeout = 1s, request-timeout = 2s, max-attempts = 7
            """).OpenStack;

        Assert.Equal(
            new OpenStackSettings
            {
                AuthUrl = new Uri("http://k"),
                Credentials = new OpenStackCredentials.ApplicationCredential("abc", _file),
                Region = "R",
                Interface = "public",
                ImageEndpoints = [new Uri("http://g1"), new Uri("https://g2/image")],
                CaFile = _file,
                ConnectTimeout = TimeSpan.FromSeconds(1),
                RequestTimeout = TimeSpan.FromSeconds(2),
                MaxAttempts = 7,
            },
            settings);
    }

    [Fact]
    public void Glance_as_the_store_needs_a_Keystone()
    {
        var error = Assert.Throws<SettingsException>(
            () => NovaDockerSettings.Read(ConfigurationFactory.ParseString("novadocker.images.store = glance")));

        Assert.Contains(
            "novadocker.images.store is 'glance', and novadocker.openstack.auth-url is empty; "
            + "directory, or the address of Keystone there, is expected.",
            error.Problems);
    }

    [Theory]
    [InlineData("auth-url = \"keystone\"", "auth-url is 'keystone'; an address such as https://keystone.example:5000/v3 is expected.")]
    [InlineData("auth-url = \"ftp://k\"", "auth-url is 'ftp://k'; an address")]
    [InlineData("auth-url = \"http://k?x=1\"", "auth-url is 'http://k?x=1'; an address")]
    [InlineData(Url, "user-name is empty; a user, or novadocker.openstack.application-credential-id in its place, is expected.")]
    [InlineData(Url + "user-name = nova", "project-name is empty; the project of the user is expected.")]
    [InlineData(Url + "user-name = nova, project-name = p", "password-file is empty; the file that holds the user's password is expected.")]
    [InlineData(Url + "application-credential-id = a", "application-credential-secret-file is empty; the file that holds its secret is expected.")]
    [InlineData(Url + "user-name = nova, application-credential-id = a", "application-credential-id is 'a', and novadocker.openstack.user-name is set as well; one of the two is expected.")]
    [InlineData("password-file = \"/no/such\"", "password-file is '/no/such', which does not exist")]
    [InlineData("ca-file = \"/no/such.pem\"", "ca-file is '/no/such.pem', which does not exist")]
    [InlineData("user-domain-name = \"\"", "user-domain-name is empty")]
    [InlineData("interface = secret", "interface is 'secret'; one of public, internal, admin is expected.")]
    [InlineData("image-endpoints = [\"glance\"]", "image-endpoints")]
    [InlineData("max-attempts = 0", "max-attempts is '0'; a whole number from 1 to 100 is expected.")]
    [InlineData("connect-timeout = 1ms", "connect-timeout is")]
    [InlineData("request-timeout = soon", "request-timeout is 'soon'; a time such as")]
    [InlineData("pasword-file = x", "pasword-file is no key; did you mean password-file?")]
    public void What_cannot_be_meant_is_named_with_its_value_and_what_is_allowed(string lines, string problem)
    {
        var error = Assert.Throws<SettingsException>(() => Read(lines));

        Assert.Contains(
            error.Problems, found => found.StartsWith("novadocker.openstack." + problem, StringComparison.Ordinal));
    }

    private string User => $"user-name = nova, project-name = service, password-file = \"{_file}\"";

    private static NovaDockerSettings Read(string text) =>
        NovaDockerSettings.Read(ConfigurationFactory.ParseString($"novadocker.openstack {{ {text} }}"));
}
