using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>Makes things, sockets above all, that belong to a network namespace and stay in it.</summary>
internal static class NamespaceThread
{
    private const int NetworkNamespace = 0x40000000;

    /// <summary>Makes something on a thread that has entered the namespace.</summary>
    public static T Run<T>(string path, Func<T> make)
    {
        T made = default!;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle(path);
                if (SetNamespace((int)handle.DangerousGetHandle(), NetworkNamespace) != 0)
                    throw new Win32Exception();
                made = make();
            }
#pragma warning disable CA1031 // It is thrown again on the caller's thread.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? made : throw new InvalidOperationException($"in {path}: {failure.Message}", failure);
    }

#pragma warning disable SYSLIB1054 // One call of the C library, for tests, is no reason to allow unsafe code.
    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(int descriptor, int type);
#pragma warning restore SYSLIB1054
}
