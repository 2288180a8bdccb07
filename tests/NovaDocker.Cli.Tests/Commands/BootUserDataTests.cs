using System.Text;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cli.Tests.Commands;

public sealed class BootUserDataTests : IDisposable
{
    private const string Key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIK83cYefCeP87/OEeL03FBQan9nwoWqV+op5BcJGxdj alice@host";

    private const string TwoFaults =
        "line 3, column 5: HostConfig.Memory is 'lots'; a size is expected.\nline 4, column 1: Cdm is no key; did you mean Cmd\u001b[2J?";

    private readonly Shell _shell = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("novadocker-cli-");

    private ComputeProtocol.BootInstance Sent => Assert.Single(_shell.Client.Sent.OfType<ComputeProtocol.BootInstance>());

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task User_data_goes_as_it_is()
    {
        byte[] bytes = [0x1f, 0x8b, 0, 255, (byte)'\r', (byte)'\n'];

        Assert.Equal(ExitCodes.Done, await BootAsync("--user-data", FileOf(bytes)));

        Assert.Equal(bytes, Sent.UserData.ToArray());
    }

    [Fact]
    public async Task User_data_comes_from_standard_input()
    {
        _shell.Input = Encoding.UTF8.GetBytes("Cmd: [date]\n");

        Assert.Equal(ExitCodes.Done, await BootAsync("--user-data", "-"));

        Assert.Equal(_shell.Input, Sent.UserData.ToArray());
    }

    [Fact]
    public async Task As_much_user_data_as_Nova_stores_is_taken_and_no_more()
    {
        Assert.Equal(ExitCodes.Done, await BootAsync("--user-data", FileOf(new byte[65_535])));
        Assert.Equal(65_535, Sent.UserData.Length);

        Assert.Equal(ExitCodes.Usage, await BootAsync("--user-data", FileOf(new byte[65_536])));
        Assert.Contains("more than 65,535 bytes", _shell.Error, StringComparison.Ordinal);
        Assert.Single(_shell.Client.Sent.OfType<ComputeProtocol.BootInstance>());
    }

    [Fact]
    public async Task Without_user_data_none_is_sent()
    {
        Assert.Equal(ExitCodes.Done, await BootAsync());

        Assert.True(Sent.UserData.IsEmpty);
        Assert.Empty(Sent.Metadata);
        Assert.Null(Sent.PublicKey);
    }

    [Fact]
    public async Task Metadata_is_given_many_times()
    {
        Assert.Equal(ExitCodes.Done, await BootAsync("--meta", "role=web", "--meta", "empty=", "--meta", "a=b=c"));

        Assert.Equal("a=b=c empty= role=web", string.Join(' ', Sent.Metadata.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("")]
    public async Task A_public_key_is_sent_without_the_end_of_its_line(string end)
    {
        Assert.Equal(ExitCodes.Done, await BootAsync("--key-file", FileOf(Encoding.UTF8.GetBytes(Key + end))));

        Assert.Equal(Key, Sent.PublicKey);
    }

    [Fact]
    public async Task A_private_key_is_refused_and_not_repeated()
    {
        const string Secret = "b3BlbnNzaC1rZXktdjEAAAAA";
        var file = FileOf(Encoding.ASCII.GetBytes($"-----BEGIN OPENSSH PRIVATE KEY-----\n{Secret}\n-----END OPENSSH PRIVATE KEY-----\n"));

        Assert.Equal(ExitCodes.Usage, await BootAsync("--key-file", file));

        Assert.Contains($"--key-file is '{file}', which holds a private key; give the public one", _shell.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, _shell.Error, StringComparison.Ordinal);
        Assert.Empty(_shell.Client.Sent);
    }

    [Fact]
    public async Task What_is_too_much_in_all_is_refused_here()
    {
        Assert.Equal(ExitCodes.Usage, await BootAsync("--meta", "a=" + new string('m', 20_000), "--env", "b=" + new string('e', 20_000)));

        Assert.Contains("takes 40002 bytes (env 40002); at most 32768 are allowed.", _shell.Error, StringComparison.Ordinal);
        Assert.Empty(_shell.Client.Sent);
    }

    [Theory]
    [InlineData(RefusalCode.InvalidUserData, "The user data cannot be taken:")]
    [InlineData(RefusalCode.PolicyForbids, "The operator's policy forbids what the user data asks for:")]
    public async Task A_refusal_tells_each_fault_on_its_own_line(RefusalCode code, string heading)
    {
        _shell.Client.Reply = id => new Refused(id, code, TwoFaults);

        Assert.Equal(ExitCodes.Refused, await BootAsync());

        Assert.Equal(
            [
                $"novadocker: {heading}",
                "  line 3, column 5: HostConfig.Memory is 'lots'; a size is expected.",
                @"  line 4, column 1: Cdm is no key; did you mean Cmd\x1b[2J?",
            ],
            _shell.Error.TrimEnd().Split(Environment.NewLine));
        Assert.Equal("", _shell.Out);
    }

    [Theory]
    [InlineData(RefusalCode.InvalidUserData, "invalid-user-data")]
    [InlineData(RefusalCode.PolicyForbids, "policy-forbids")]
    public async Task A_refusal_for_programs_has_its_faults_in_a_list(RefusalCode code, string error)
    {
        _shell.Client.Reply = id => new Refused(id, code, TwoFaults);

        Assert.Equal(ExitCodes.Refused, await BootAsync("--json"));

        Assert.Equal(error, _shell.ErrorRow.GetProperty("error").GetString());
        Assert.Equal(TwoFaults, _shell.ErrorRow.GetProperty("message").GetString());
        Assert.Equal(TwoFaults.Split('\n'), _shell.ErrorRow.GetProperty("faults").EnumerateArray().Select(fault => fault.GetString()));
    }

    [Fact]
    public async Task Another_refusal_has_no_list()
    {
        _shell.Client.Reply = id => new Refused(id, RefusalCode.NoCapacity, "No, because.");

        Assert.Equal(ExitCodes.Refused, await BootAsync("--json"));

        Assert.Empty(_shell.ErrorRow.GetProperty("faults").EnumerateArray());
    }

    [Fact]
    public async Task What_was_not_used_is_noted_after_the_boot()
    {
        _shell.Client.Course = id =>
        [
            Samples.View(id) with
            {
                UserData = new UserDataRecord(UserDataKind.Script, "ab", 2, ["Image is 'base'; it is not used."]),
            },
        ];

        Assert.Equal(ExitCodes.Done, await BootAsync());

        Assert.Contains("The user data is a script for the guest, left to the metadata service.", _shell.Error, StringComparison.Ordinal);
        Assert.Contains("User data: Image is 'base'; it is not used.", _shell.Error, StringComparison.Ordinal);
    }

    private Task<int> BootAsync(params string[] options) =>
        _shell.RunAsync(["boot", "--name", "web", "--image", "nginx", .. options]);

    private string FileOf(byte[] bytes)
    {
        var file = Path.Combine(_directory.FullName, "file");
        File.WriteAllBytes(file, bytes);
        return file;
    }
}
