using System.Globalization;

namespace NovaDocker.Http.Machine;

/// <summary>For how long this machine is up, and how busy it is, in the form that <c>uptime</c> prints and Nova passes on.</summary>
internal static class MachineUptime
{
    /// <summary>Of this machine, at present.</summary>
    public static string Read(TimeProvider time) => Text(
        File.ReadAllText("/proc/uptime"), File.ReadAllText("/proc/loadavg"), time.GetLocalNow());

    /// <summary>Of what the kernel says.</summary>
    /// <param name="uptime">The text of <c>/proc/uptime</c>.</param>
    /// <param name="loads">The text of <c>/proc/loadavg</c>.</param>
    /// <param name="now">The time of day.</param>
    public static string Text(string uptime, string loads, DateTimeOffset now)
    {
        var up = TimeSpan.FromSeconds(double.Parse(uptime.Split(' ')[0], CultureInfo.InvariantCulture));
        var days = up.Days switch
        {
            0 => "",
            1 => "1 day, ",
            _ => $"{up.Days} days, ",
        };
        var hours = up.Hours > 0 ? $"{up.Hours}:{up.Minutes:00}" : $"{up.Minutes} min";
        return string.Create(
            CultureInfo.InvariantCulture,
            $" {now:HH:mm:ss} up {days}{hours},  0 users,  load average: {string.Join(", ", loads.Split(' ').Take(3))}");
    }
}
