using System.IO.Compression;
using System.Text;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Tests.Documents;

public sealed class GuestDataTests
{
    public static TheoryData<string, UserDataKind> Guests => new()
    {
        { "#!/bin/sh\necho hi\n", UserDataKind.Script },
        { "#!", UserDataKind.Script },
        { "#cloud-config\npackages: [x]\n", UserDataKind.CloudConfig },
        { "#cloud-config", UserDataKind.CloudConfig },
        { "#Cloud-Config\r\npackages: [x]\r\n", UserDataKind.CloudConfig },
        { "\n  #cloud-config\n", UserDataKind.CloudConfig },
        { "#cloud-config # of mine\n", UserDataKind.CloudConfig },
        { "#cloud-config-archive\n- x\n", UserDataKind.OtherGuestData },
        { "#cloud-config-jsonp\n[]\n", UserDataKind.OtherGuestData },
        { "#include\nhttp://x/y\n", UserDataKind.Include },
        { "#include http://x/y\n", UserDataKind.Include },
        { "#include-once\nhttp://x/y\n", UserDataKind.Include },
        { "#cloud-boothook\n#!/bin/sh\n", UserDataKind.OtherGuestData },
        { "#part-handler\n", UserDataKind.OtherGuestData },
        { "#upstart-job\n", UserDataKind.OtherGuestData },
        { "## template: jinja\n#cloud-config\n", UserDataKind.OtherGuestData },
        { "##template:jinja\n#cloud-config\n", UserDataKind.OtherGuestData },
        { "Content-Type: multipart/mixed; boundary=\"==B==\"\nMIME-Version: 1.0\n\n--==B==\n", UserDataKind.Mime },
        { "content-type: MULTIPART/mixed; boundary=b\n\n--b\n", UserDataKind.Mime },
        { "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", UserDataKind.Mime },
        { "From nobody Mon Sep 17 00:00:00 2001\nContent-Type: multipart/mixed;\n boundary=b\n\n", UserDataKind.Mime },
        { "From: me@x\nSubject: s\n folded\nContent-Type:  multipart/mixed\n\n", UserDataKind.Mime },
        { "From nobody\nSubject: s\nmime-version: 1.0\n", UserDataKind.Mime },
    };

    [Theory]
    [MemberData(nameof(Guests))]
    public void Guest_data_are_no_options_and_no_fault(string text, UserDataKind kind)
    {
        foreach (var bytes in (byte[][])[Encoding.UTF8.GetBytes(text), [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(text)], Packed(text)])
        {
            var document = UserDataDocument.Parse(bytes);
            Assert.Equal(kind, document.Kind);
            Assert.Null(document.Root);
            Assert.Empty(document.Faults);
        }
    }

    [Fact]
    public void Gzip_is_told_by_its_first_bytes_plain_and_in_base64()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write("user: nobody"u8);

        Assert.Equal(UserDataKind.Gzip, UserDataDocument.Parse(packed.ToArray()).Kind);
        var inBase64 = UserDataDocument.Parse(Encoding.ASCII.GetBytes(Convert.ToBase64String(packed.ToArray())));
        Assert.Equal(UserDataKind.Gzip, inBase64.Kind);
        Assert.Empty(inBase64.Faults);
    }

    [Fact]
    public void What_is_in_a_script_does_not_matter()
    {
        var document = UserDataDocument.Parse([.. "#!/bin/sh\n"u8, 0, 0xff, 0xfe]);
        Assert.Equal(UserDataKind.Script, document.Kind);
        Assert.Empty(document.Faults);
    }

    [Theory]
    [InlineData("# my options\nuser: nobody\n")]
    [InlineData("#my options\nuser: nobody\n")]
    [InlineData("#\nuser: nobody\n")]
    [InlineData("# include what I need\nuser: nobody\n")]
    [InlineData("#included: the user\nuser: nobody\n")]
    [InlineData("#cloud-configuration of mine\nuser: nobody\n")]
    [InlineData("## template for all of them\nuser: nobody\n")]
    [InlineData("user: nobody\n#!/bin/sh\n")]
    [InlineData("user: nobody\n#cloud-config\n")]
    public void A_comment_is_a_comment(string text) => Assert.Equal("{user: nobody}", Docs.Tree(text));

    [Theory]
    [InlineData("Content-Type: text/plain\n")]
    [InlineData("user: x\n\nMIME-Version: 1.0\n")]
    [InlineData("From: x\n")]
    public void Headers_alone_are_no_message(string text) =>
        Assert.Equal(UserDataKind.ContainerOptions, Docs.Parse(text).Kind);

    [Fact]
    public void The_header_of_a_message_is_looked_for_no_further_than_cloud_init_does()
    {
        static UserDataKind KindWith(int length) => Docs.Parse($"X: {new string('x', length - 4)}\nMIME-Version: 1.0\n").Kind;
        Assert.Equal(UserDataKind.Mime, KindWith(GuestData.MimeHeaderBytes - 20));
        Assert.Equal(UserDataKind.ContainerOptions, KindWith(GuestData.MimeHeaderBytes));
    }

    private static byte[] Packed(string text) => Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
}
