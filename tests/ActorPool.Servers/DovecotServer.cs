using System.Diagnostics;
using System.Globalization;

namespace ActorPool.Servers;

/// <summary>A Dovecot of the test's own that speaks IMAP on a loopback port, for one user with an empty inbox.</summary>
public sealed class DovecotServer : IAsyncDisposable
{
    public const string User = "pooluser";
    public const string Password = "poolpass";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorpool-dovecot-");
    readonly string _program;
    ServerProcess? _process;

    DovecotServer(string program, bool tls)
    {
        _program = program;
        HasTls = tls;
        // its worker processes run as other users
        FileModes.Set(_folder.FullName, FileModes.OpenFolder);
        Certificates = new CertificateFiles(_folder);
    }

    public int Port { get; private set; }

    /// <summary>Whether it offers STARTTLS.</summary>
    public bool HasTls { get; }

    public CertificateFiles Certificates { get; }

    /// <summary>Starts one; skips the test if there is none on this machine, or it may not be started: it needs root.</summary>
    public static async Task<DovecotServer> StartAsync(bool tls = true)
    {
        var program = RequiredServer.Find("dovecot", "dovecot-imapd");
        if (!Environment.IsPrivilegedProcess)
        {
            throw RequiredServer.Missing("dovecot (as root)", "run the tests as root");
        }

        var server = new DovecotServer(program, tls);
        (server._process, server.Port) = await ServerProcess.StartOnFreePortAsync("dovecot", server.TryRunAsync);
        return server;
    }

    /// <summary>Ends every session of the user, as an administrator does.</summary>
    public async Task KickAsync()
    {
        using var kick = Process.Start(RequiredServer.Find("doveadm", "dovecot-core"), ["-c", Configuration, "kick", User]);
        await kick.WaitForExitAsync();
    }

    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    /// <summary>Comes back on the same port.</summary>
    public async Task RunAgainAsync() =>
        _process = await TryRunAsync(Port) ?? throw new InvalidOperationException($"dovecot does not start on port {Port} again.");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    string Configuration => Path.Combine(_folder.FullName, "dovecot.conf");

    Task<ServerProcess?> TryRunAsync(int port)
    {
        var home = Directory.CreateDirectory(Path.Combine(_folder.FullName, "mail"));
        FileModes.Set(home.FullName, FileModes.SharedFolder);
        File.WriteAllText(Path.Combine(_folder.FullName, "users"), $"{User}:{{PLAIN}}{Password}::::::\n");
        File.WriteAllText(Configuration, string.Create(CultureInfo.InvariantCulture, $$"""
            base_dir = {{_folder.FullName}}/run
            state_dir = {{_folder.FullName}}/state
            log_path = /dev/stderr
            protocols = imap
            listen = 127.0.0.1
            ssl = {{(HasTls ? "yes" : "no")}}
            ssl_cert = <{{Certificates.Server}}
            ssl_key = <{{Certificates.ServerKey}}
            disable_plaintext_auth = no
            mail_location = maildir:{{home.FullName}}/%u
            first_valid_uid = 1
            # by default 10, and it counts those that it has not noticed the end of: tests that follow each other quickly reach it
            mail_max_userip_connections = 100
            service imap-login {
              inet_listener imap {
                port = {{port}}
              }
              inet_listener imaps {
                port = 0
              }
            }
            passdb {
              driver = passwd-file
              args = {{_folder.FullName}}/users
            }
            userdb {
              driver = static
              args = uid=nobody gid=nogroup home={{home.FullName}}
            }
            """));
        return ServerProcess.TryStartAsync(
            new ProcessStartInfo(_program, ["-F", "-c", Configuration]),
            static line => line.Contains("starting up", StringComparison.Ordinal));
    }
}
