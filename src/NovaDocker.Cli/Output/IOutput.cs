using NovaDocker.Cli.UserData;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using NovaDocker.UserData.Options;

namespace NovaDocker.Cli.Output;

/// <summary>Where a verb's results go: a person's screen, or a program.</summary>
internal interface IOutput
{
    /// <summary>True where hosts are shown by name; else they are shown by id and need not be looked up.</summary>
    bool ShowsHostNames { get; }

    /// <summary>True where programs read it.</summary>
    bool IsForPrograms { get; }

    /// <summary>Many instances.</summary>
    Task InstancesAsync(IAsyncEnumerable<InstanceView> instances, Func<HostId, string> hostName);

    /// <summary>One instance with all that is known of it.</summary>
    void Instance(InstanceView instance, Func<HostId, string> hostName);

    /// <summary>The end of a command.</summary>
    void Operation(OperationReport report, Func<HostId, string> hostName);

    /// <summary>Events.</summary>
    /// <param name="entries">The events.</param>
    /// <param name="live">True where more come as they happen: each is shown at once.</param>
    Task HistoryAsync(IAsyncEnumerable<HistoryEntry> entries, bool live);

    /// <summary>What an instance's process wrote.</summary>
    void Console(InstanceProtocol.ConsoleOutput output);

    /// <summary>Many images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="withProperties">True shows their properties, too, where that is not done anyway.</param>
    Task ImagesAsync(IAsyncEnumerable<ImageDescription> images, bool withProperties);

    /// <summary>An image that was added.</summary>
    void ImageAdded(ImageDescription image);

    /// <summary>Where pulls stand that have not failed.</summary>
    void Pulls(IReadOnlyList<HostProtocol.ImagePull> pulls);

    /// <summary>The images in hosts' Engines, and what becomes of them.</summary>
    void HostImages(IReadOnlyList<HostProtocol.HostImages> hosts);

    /// <summary>Events of hosts' ledgers of images.</summary>
    Task ImageHistoryAsync(IAsyncEnumerable<ImageHistoryEntry> entries);

    /// <summary>Hosts.</summary>
    void Hosts(IReadOnlyList<HostView> hosts);

    /// <summary>The ports of an instance.</summary>
    void Ports(IReadOnlyList<InstancePort> ports);

    /// <summary>What went through the ports of an instance.</summary>
    void Diagnostics(IReadOnlyList<PortDiagnostics> ports);

    /// <summary>The networks of hosts.</summary>
    void Networks(IReadOnlyList<HostProtocol.HostNetworks> hosts);

    /// <summary>What hosts found when they compared their Engine with the journal.</summary>
    void Reconciled(IReadOnlyList<HostProtocol.HostReconciled> hosts);

    /// <summary>User data that a boot would take.</summary>
    void UserDataChecked(CheckedUserData userData);

    /// <summary>The options that user data may set.</summary>
    void OptionTable(IReadOnlyList<OptionRow> rows);

    /// <summary>Something that a person should know beside the result.</summary>
    void Note(string text);

    /// <summary>How the command failed.</summary>
    void Failure(CliException failure);

    /// <summary>Shows how work gets on, on standard error.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="describe">Puts news into words.</param>
    /// <param name="work">The work; it reports to what it is given, or to nobody where nobody looks.</param>
    Task<TResult> TrackAsync<TNews, TResult>(
        string title, Func<TNews, ProgressText> describe, Func<IProgress<TNews>?, Task<TResult>> work);
}
