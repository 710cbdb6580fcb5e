using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ActorPool.Benchmarks.StartUp;

/// <summary>Starts programs, and takes the time until they do something.</summary>
static class Start
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// From the start of QuickStart until its first request arrives here: by then it has read its command line, made its pool,
    /// connected, and got its first lease.
    /// </summary>
    public static async Task<TimeSpan> UntilFirstRequestAsync(Publication program)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var started = Stopwatch.GetTimestamp();
        using var process = Run(program, "--plain", "--seconds", "10", "--connect", $"127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        try
        {
            using var connection = await listener.AcceptAsync(patience.Token);
            var read = await connection.ReceiveAsync(new byte[256], patience.Token);
            var took = Stopwatch.GetElapsedTime(started);
            return read > 0 ? took : throw new InvalidOperationException($"{program.Name} connected and asked nothing.");
        }
        finally
        {
            await EndAsync(process);
        }
    }

    /// <summary>From the start of a program until it has written something.</summary>
    public static async Task<TimeSpan> UntilFirstWordAsync(Publication program)
    {
        using var patience = new CancellationTokenSource(Patience);
        var started = Stopwatch.GetTimestamp();
        using var process = Run(program);
        try
        {
            var word = await process.StandardOutput.ReadAsync(new char[1], patience.Token);
            var took = Stopwatch.GetElapsedTime(started);
            return word > 0 ? took : throw new InvalidOperationException($"{program.Name} wrote nothing.");
        }
        finally
        {
            await EndAsync(process);
        }
    }

    /// <summary>Lets QuickStart do all that it does, against its own server and its bad day.</summary>
    /// <exception cref="InvalidOperationException">It says that something went wrong.</exception>
    public static async Task RunToTheEndAsync(Publication program)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var process = Run(program, "--plain", "--seconds", "2");
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program.Name} ended with {process.ExitCode}:\n{output}");
        }
    }

    static Process Run(Publication program, params IReadOnlyList<string> arguments) =>
        Process.Start(new ProcessStartInfo(program.Program, [.. program.Arguments, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false })!;

    static async Task EndAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
    }
}
