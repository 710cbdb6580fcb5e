using System.Runtime.InteropServices;

namespace ActorPool.Budgets.Cluster.Runs;

/// <summary>Stops and continues a process.</summary>
static class Signals
{
    const int Continue = 18;
    const int Stop = 19;

    public static void Freeze(int process) => Send(process, Stop);

    public static void Thaw(int process) => Send(process, Continue);

    static void Send(int process, int signal)
    {
        if (kill(process, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} to process {process} failed.");
        }
    }

#pragma warning disable SYSLIB1054, CA5392 // a call of the system's own library needs no generated marshalling
    [DllImport("libc")]
    static extern int kill(int process, int signal);
#pragma warning restore SYSLIB1054, CA5392
}
