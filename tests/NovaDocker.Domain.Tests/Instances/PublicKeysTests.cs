using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Tests.Instances;

/// <summary>The keys and what is told of them are those of <c>ssh-keygen</c> and <c>ssh-keygen -l</c>.</summary>
public sealed class PublicKeysTests
{
    private const string Ed25519 =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIK83cYefCeP87/OEeL03FBQan9nwoWqV+op5BcJGxdj alice@host of ed25519";

    private const string Ecdsa =
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBOl97GjrgG34XFReV55ooCBv9B/dXCHs+skrThNHOHITiqqbk69T1k1LpgXhNEF29nsG5etceAWfrR0WW8lKe3Y= alice@host";

    private const string Rsa =
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj9AQUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpbXF1eX2BhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ent8fX5/";

    private const string SecurityKey =
        "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fAAAABHNzaDo= token";

    [Theory]
    [InlineData(Ed25519, "SHA256:5pAf0AW4dUAin2k6jOwMlIWtJ72XSFFglSJWbug46Vs alice@host of ed25519 (ED25519)")]
    [InlineData(Ecdsa, "SHA256:fTyr97OYocrXoBWXKKJZHB0VvkcjcpuDrF0WiOF3N1Q alice@host (ECDSA)")]
    [InlineData(Rsa, "SHA256:shoJq7cA8qc2J4nfb4xDZ+/nNywaiTccUHJDTH3lUrU no comment (RSA)")]
    [InlineData(SecurityKey, "SHA256:/p0CbeE3dk2SyW1OXXsThGc12ezDVD8eGw2/vtztDfk token (ED25519-SK)")]
    public void A_sound_key_is_told_by_its_fingerprint(string key, string description)
    {
        Assert.Null(PublicKeys.Problem(key));
        Assert.Equal(description, PublicKeys.Describe(key));
    }

    [Theory]
    [InlineData("", "is empty; one line such as")]
    [InlineData("  ", "is empty")]
    [InlineData(Ed25519 + "\n", "has more than one line")]
    [InlineData(Ed25519 + "\r" + Rsa, "has more than one line")]
    [InlineData(Ed25519 + "\u001b[2J", "holds a control character")]
    [InlineData("hunter2-password", "does not begin with a type of key (ssh-ed25519, ssh-rsa, ecdsa-sha2-*, sk-*)")]
    [InlineData("ssh-dss AAAAB3NzaC1kc3M= old", "does not begin with a type of key")]
    [InlineData("no-pty " + Ed25519, "does not begin with a type of key")]
    [InlineData("ssh-ed25519", "has no base64 text behind its type")]
    [InlineData("ssh-ed25519 hunter2!", "has no base64 text behind its type")]
    [InlineData("ssh-ed25519 AAAA", "has a body that is not of its type")]
    [InlineData("ssh-ed25519 /////2h1bnRlcjI=", "has a body that is not of its type")]
    [InlineData("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIIK83cYefCeP87/OEeL03FBQan9nwoWqV+op5BcJGxdj", "has a body that is not of its type")]
    public void What_is_no_public_key_is_told_and_not_repeated(string key, string words)
    {
        var problem = PublicKeys.Problem(key);

        Assert.NotNull(problem);
        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE\n-----END OPENSSH PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----")]
    [InlineData(Ed25519 + " -----begin private key-----")]
    public void A_private_key_is_refused_by_name(string key)
    {
        var problem = PublicKeys.Problem(key);

        Assert.StartsWith("holds a private key; give the public one", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("b3Blbn", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_is_bounded() => Assert.Equal(
        "has 16385 bytes; at most 16384 are allowed.",
        PublicKeys.Problem(Ed25519 + new string('x', PublicKeys.MaxBytes + 1 - Ed25519.Length)));
}
