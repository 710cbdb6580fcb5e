using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace S3Sample;

/// <summary>An s3rver for the time of the tour.</summary>
sealed class LocalServer : IAsyncDisposable
{
    const string Modules = "ACTORPOOL_NODE_MODULES";
    const string Key = "S3RVER";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorpool-s3-");
    readonly Process _process;
    readonly int _port;

    LocalServer(string program, string bucket)
    {
        _port = FreePort();
        _process = Process.Start(new ProcessStartInfo(
            program,
            [
                "--address", "127.0.0.1", "--port", _port.ToString(CultureInfo.InvariantCulture), "--directory", _folder.FullName,
                "--configure-bucket", bucket, "--no-vhost-buckets",
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
    }

    /// <exception cref="FileNotFoundException">There is none on this machine.</exception>
    public static async Task<LocalServer> StartAsync(string bucket, CancellationToken cancellationToken)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append(Path.Combine(Environment.GetEnvironmentVariable(Modules) ?? "", ".bin"));
        var program = folders.Select(folder => Path.Combine(folder, "s3rver")).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"s3rver is not here: npm install --prefix DIR s3rver, and set {Modules}=DIR/node_modules; or give an --endpoint.");
        var server = new LocalServer(program, bucket);
        while (await server._process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Contains("listening", StringComparison.OrdinalIgnoreCase))
            {
                _ = server._process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return server;
            }
        }

        await server.DisposeAsync();
        throw new FileNotFoundException($"{program} does not start.");
    }

    public void Fill(S3Options options)
    {
        options.Endpoint = new Uri($"http://127.0.0.1:{_port}");
        options.AccessKey ??= Key;
        options.SecretKey ??= Key;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
