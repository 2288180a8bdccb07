using NovaDocker.Actors.Images;
using NovaDocker.Settings;

namespace NovaDocker.Actors.Hosting;

/// <summary>Reads <c>novadocker.openstack</c>.</summary>
internal static class OpenStackSection
{
    private const string AuthUrl = "openstack.auth-url";
    private const string User = "openstack.user-name";
    private const string ApplicationId = "openstack.application-credential-id";

    /// <summary>The section; null where no Keystone is named.</summary>
    public static OpenStackSettings? Read(SettingsReader reader)
    {
        var second = TimeSpan.FromSeconds(1);
        var hour = TimeSpan.FromHours(1);
        var address = reader.Text(AuthUrl);
        var settings = new OpenStackSettings
        {
            AuthUrl = address.Length > 0 ? Address(reader, address) : new Uri("http://127.0.0.1"),
            Credentials = Credentials(reader, isNeeded: address.Length > 0),
            Region = reader.Text("openstack.region"),
            Interface = reader.OneOf("openstack.interface", "public", "internal", "admin"),
            ImageEndpoints = reader.List("openstack.image-endpoints", Http, "an address such as https://glance.example:9292"),
            CaFile = NovaDockerSettings.ExistingFile(reader, "openstack.ca-file"),
            ConnectTimeout = reader.Duration("openstack.connect-timeout", second / 10, hour),
            RequestTimeout = reader.Duration("openstack.request-timeout", second / 10, hour),
            MaxAttempts = reader.Number("openstack.max-attempts", 1, 100),
        };
        return address.Length > 0 ? settings : null;
    }

    private static OpenStackCredentials Credentials(SettingsReader reader, bool isNeeded)
    {
        var (user, application) = (reader.Text(User), reader.Text(ApplicationId));
        var password = new OpenStackCredentials.Password(
            user, reader.Text("openstack.user-domain-name", mayBeEmpty: false), reader.Text("openstack.project-name"),
            reader.Text("openstack.project-domain-name", mayBeEmpty: false),
            NovaDockerSettings.ExistingFile(reader, "openstack.password-file") ?? "");
        var credential = new OpenStackCredentials.ApplicationCredential(
            application, NovaDockerSettings.ExistingFile(reader, "openstack.application-credential-secret-file") ?? "");
        if (isNeeded)
            Check(reader, password, credential);
        return application.Length > 0 ? credential : password;
    }

    private static void Check(
        SettingsReader reader,
        OpenStackCredentials.Password password,
        OpenStackCredentials.ApplicationCredential credential)
    {
        switch (password.User.Length > 0, credential.Id.Length > 0)
        {
            case (true, true):
                reader.Fault(ApplicationId, $"'{credential.Id}', and {SettingsReader.Root}.{User} is set as well", "one of the two");
                break;
            case (false, false):
                reader.Fault(User, "empty", $"a user, or {SettingsReader.Root}.{ApplicationId} in its place,");
                break;
            case (true, false) when password.Project.Length == 0:
                reader.Fault("openstack.project-name", "empty", "the project of the user");
                break;
            case (true, false) when password.PasswordFile.Length == 0:
                reader.Fault("openstack.password-file", "empty", "the file that holds the user's password");
                break;
            case (false, true) when credential.ApplicationSecretFile.Length == 0:
                reader.Fault("openstack.application-credential-secret-file", "empty", "the file that holds its secret");
                break;
        }
    }

    private static Uri Address(SettingsReader reader, string text)
    {
        if (Http(text) is { } uri)
            return uri;
        reader.Fault(AuthUrl, $"'{text}'", "an address such as https://keystone.example:5000/v3");
        return new Uri("http://127.0.0.1");
    }

    private static Uri? Http(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", Host.Length: > 0, Query: "" }
            ? uri
            : null;
}
