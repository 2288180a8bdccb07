using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Images;

/// <summary>How Keystone and Glance are reached: <c>novadocker.openstack</c> in HOCON.</summary>
public sealed record OpenStackSettings
{
    /// <summary>Keystone's address, as <c>OS_AUTH_URL</c> has it, with or without <c>/v3</c> at its end.</summary>
    public required Uri AuthUrl { get; init; }

    /// <summary>Who this host is to Keystone.</summary>
    public required OpenStackCredentials Credentials { get; init; }

    /// <summary>The region whose services are used; empty where the catalogue has one only.</summary>
    public string Region { get; init; } = "";

    /// <summary>Which of a service's endpoints are used: <c>public</c>, <c>internal</c> or <c>admin</c>.</summary>
    public string Interface { get; init; } = "internal";

    /// <summary>Glance's addresses, tried in turn, in place of those in the catalogue; empty takes those.</summary>
    public EquatableArray<Uri> ImageEndpoints { get; init; } = [];

    /// <summary>The authority that the certificates must come from, PEM; null for those that the system trusts.</summary>
    public string? CaFile { get; init; }

    /// <summary>How long to wait for a connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait for the answer to a request, image bytes apart.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request that may be repeated is made in all before its failure is told.</summary>
    public int MaxAttempts { get; init; } = 3;
}

/// <summary>Who the host is to Keystone. Secrets stay in files, which are read for each token.</summary>
public abstract record OpenStackCredentials
{
    private OpenStackCredentials()
    {
    }

    /// <summary>The file that holds the secret, as text; space around it does not count.</summary>
    public abstract string SecretFile { get; }

    /// <summary>Who that is, for messages.</summary>
    public abstract string Subject { get; }

    /// <summary>A user with a password, in a project.</summary>
    /// <param name="User">The user's name.</param>
    /// <param name="UserDomain">The name of the user's domain.</param>
    /// <param name="Project">The project's name.</param>
    /// <param name="ProjectDomain">The name of the project's domain.</param>
    /// <param name="PasswordFile">The file that holds the password.</param>
    public sealed record Password(
        string User, string UserDomain, string Project, string ProjectDomain, string PasswordFile) : OpenStackCredentials
    {
        /// <inheritdoc/>
        public override string SecretFile => PasswordFile;

        /// <inheritdoc/>
        public override string Subject => $"user '{User}' of domain '{UserDomain}' in project '{Project}'";
    }

    /// <summary>An application credential.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="ApplicationSecretFile">The file that holds its secret.</param>
    public sealed record ApplicationCredential(string Id, string ApplicationSecretFile) : OpenStackCredentials
    {
        /// <inheritdoc/>
        public override string SecretFile => ApplicationSecretFile;

        /// <inheritdoc/>
        public override string Subject => $"application credential {Id}";
    }
}
