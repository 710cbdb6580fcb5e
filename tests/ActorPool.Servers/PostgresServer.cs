using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace ActorPool.Servers;

/// <summary>
/// A PostgreSQL of the test's own on a loopback port, plain and with TLS. User <c>postgres</c> needs no password; every other
/// user does. Two-phase commit is on.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    const string User = "postgres";

    static readonly string[] Folders = ["/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/14/bin"];

    readonly string _programs;
    readonly IPAddress _address;
    readonly string[] _settings;
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorpool-postgres-");
    ServerProcess? _process;

    PostgresServer(string programs, IPAddress address, string[] settings)
    {
        _programs = programs;
        _address = address;
        _settings = settings;
    }

    public int Port { get; private set; }

    /// <summary>What signed the server's certificate.</summary>
    public string CaFile => Path.Combine(_folder.FullName, "ca.pem");

    /// <summary>Where its Unix socket is.</summary>
    public string SocketFolder => _folder.FullName;

    /// <summary>As <c>postgres</c>, without TLS.</summary>
    public string ConnectionString => ConnectionStringAt(IPAddress.Loopback);

    /// <summary>The same, at the address that it was started with.</summary>
    public string OuterConnectionString => ConnectionStringAt(_address);

    string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>Starts one; skips the test if there is none on this machine.</summary>
    /// <param name="settings">Such as <c>max_connections=5</c>.</param>
    public static Task<PostgresServer> StartAsync(params string[] settings) => StartAsync(IPAddress.Loopback, settings);

    /// <summary>Starts one that can be reached at an address of this machine too, by its neighbours of a /24; skips the test if there is none on this machine.</summary>
    /// <param name="address">Where, besides 127.0.0.1. <c>postgres</c> needs no password there either: a network that does not leave the machine.</param>
    /// <param name="settings">Such as <c>max_connections=5</c>.</param>
    public static async Task<PostgresServer> StartAsync(IPAddress address, params string[] settings)
    {
        var programs = Path.GetDirectoryName(RequiredServer.Find("initdb", "postgresql", Folders))!;
        var server = new PostgresServer(programs, address, settings);
        try
        {
            await server.InitialiseAsync();
            (server._process, server.Port) = await ServerProcess.StartOnFreePortAsync("postgres", server.TryRunAsync);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Shuts it down as an administrator does: sessions are told (57P01) and ended.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await RunAsync("pg_ctl", "-D", Data, "-m", "fast", "-w", "stop");
            await process.DisposeAsync();
        }
    }

    /// <summary>Comes back on the same port.</summary>
    public async Task RunAgainAsync() =>
        _process = await TryRunAsync(Port) ?? throw new InvalidOperationException($"postgres does not start on port {Port} again.");

    /// <summary>Comes back on the same port as a standby that waits for a primary: it can be read, and promoted, which begins a new timeline.</summary>
    public async Task RunAgainAsStandbyAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(Data, "standby.signal"), "");
        await RunAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    string ConnectionStringAt(IPAddress address) => string.Create(
        CultureInfo.InvariantCulture, $"Host={address};Port={Port};Username={User};Database=postgres;SSL Mode=Disable;Timeout=10");

    async Task InitialiseAsync()
    {
        _ = new CertificateFiles(_folder);
        if (Environment.UserName == "root")
        {
            // It refuses to run as root, and to read a key of anybody else's.
            await RunAsync(asRoot: true, "chown", "-R", User, _folder.FullName);
        }

        await RunAsync("initdb", "-D", Data, "-U", User, "-A", "trust", "--no-sync", "--locale=C", "-E", "UTF8", "--no-instructions");
        await File.WriteAllTextAsync(
            Path.Combine(Data, "pg_hba.conf"),
            $"""
            local all all trust
            host all {User} 127.0.0.1/32 trust
            host all all 127.0.0.1/32 scram-sha-256
            {(_address.Equals(IPAddress.Loopback) ? "" : $"host all {User} {_address}/24 trust")}

            """);
    }

    Task<ServerProcess?> TryRunAsync(int port)
    {
        string[] settings =
        [
            $"listen_addresses={string.Join(',', new[] { IPAddress.Loopback, _address }.Distinct())}", string.Create(CultureInfo.InvariantCulture, $"port={port}"),
            $"unix_socket_directories={_folder.FullName}", "fsync=off", "max_prepared_transactions=8", "logging_collector=off",
            "ssl=on", $"ssl_cert_file={_folder.FullName}/server.pem", $"ssl_key_file={_folder.FullName}/server.key",
            .. _settings,
        ];
        return ServerProcess.TryStartAsync(
            Start(asRoot: false, ["postgres", "-D", Data, .. settings.SelectMany(setting => new[] { "-c", setting })]),
            static line => line.Contains("database system is ready to accept", StringComparison.Ordinal));
    }

    Task RunAsync(params string[] command) => RunAsync(asRoot: false, command);

    async Task RunAsync(bool asRoot, params string[] command)
    {
        var start = Start(asRoot, command);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}. It said:\n{string.Concat(said)}");
        }
    }

    ProcessStartInfo Start(bool asRoot, string[] command)
    {
        var program = asRoot ? command[0] : Path.Combine(_programs, command[0]);
        return asRoot || Environment.UserName != "root"
            ? new ProcessStartInfo(program, command[1..]) { WorkingDirectory = _folder.FullName }
            : new ProcessStartInfo("runuser", ["-u", User, "--", program, .. command[1..]]) { WorkingDirectory = _folder.FullName };
    }
}
