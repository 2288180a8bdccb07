using Akka.Hosting;
using Microsoft.Extensions.Logging;
using NovaDocker.Actors.Common;
using NovaDocker.Actors.Hosting;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Secrets;
using NovaDocker.Adapters.Docker;
using NovaDocker.Adapters.Images;
using NovaDocker.Adapters.OpenStack.Glance;
using NovaDocker.Adapters.Vifs;
using NovaDocker.Adapters.Vifs.Commands;
using NovaDocker.Settings;
using NovaDocker.UserData.Policy;

namespace NovaDocker.Adapters;

/// <summary>Puts a compute host with its real adapters into an actor system.</summary>
public static class NovaDockerAdapters
{
    /// <summary>
    /// Adds a compute host to the actor system: a Docker Engine, Glance or the embedded image store, the journal in SQLite. What the
    /// host keeps on disk is made or checked here, before any actor starts.
    /// </summary>
    /// <param name="builder">The actor system being made; its name must be <see cref="NovaDockerHosting.SystemName"/>.</param>
    /// <param name="settings">What the operator set.</param>
    /// <param name="loggers">Where the adapters log to.</param>
    /// <exception cref="SettingsException">A directory or file that the settings name cannot be used.</exception>
    public static AkkaConfigurationBuilder WithNovaDocker(
        this AkkaConfigurationBuilder builder, NovaDockerSettings settings, ILoggerFactory loggers)
    {
        var time = TimeProvider.System;
        DataDirectoryLock? held = null;
        try
        {
            CreateDataDirectory(settings.DataDirectory);
            held = DataDirectoryLock.Take(settings.DataDirectory);
            var host = HostIdFile.ReadOrCreate(settings.DataDirectory, IdSource.TimeOrdered);
            JournalFiles.Prepare(settings.JournalDirectory);
            var images = ImageStoreOf(settings, time, loggers);
            var ports = new NovaDockerPorts(
                new DockerContainerEngineFactory(time), images, AesSecretBox.FromKeyFile(settings.SecretKeyFile),
                new HostPaths(), time, IdSource.TimeOrdered)
            {
                Disk = new MachineDiskSpace(),
                Network = new HostNetwork(host, settings.Networks, new CommandRunner(settings.Networks.CommandTimeout)),
            };
            var taken = held;
            held = null;
            return builder
                .AddStartup((system, _) =>
                {
                    system.RegisterOnTermination(taken.Dispose);
                    system.RegisterOnTermination(() => (images as IDisposable)?.Dispose());
                })
                .WithNovaDocker(settings, ports, host);
        }
        catch (Exception e) when (e is SecretException or ImageStoreException or InvalidDataException)
        {
            throw new SettingsException([e.Message]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(
            [
                $"novadocker.data-directory is '{settings.DataDirectory}', which cannot be used ({e.Message}); "
                + "a directory that this user may write to is expected.",
            ]);
        }
        finally
        {
            held?.Dispose();
        }
    }

    private static IImageStore ImageStoreOf(NovaDockerSettings settings, TimeProvider time, ILoggerFactory loggers)
    {
        if (settings.Images.IsGlance)
            return new GlanceImageStore(settings.OpenStack!, settings.Images.InactivityTimeout, time);
        var store = new DirectoryImageStore(
            settings.Images.StoreDirectory, time, loggers.CreateLogger<DirectoryImageStore>());
        store.RemovePartials();
        return store;
    }

    /// <summary>Makes the directory where it is missing, for its owner only: key and journal lie in it.</summary>
    private static void CreateDataDirectory(string path) =>
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
