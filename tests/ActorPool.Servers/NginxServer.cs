using System.Diagnostics;
using System.Globalization;

namespace ActorPool.Servers;

/// <summary>An nginx of the test's own: one plain port and one under TLS, on loopback, with its files in a folder of its own.</summary>
public sealed class NginxServer : IAsyncDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorpool-nginx-");
    readonly string _program;
    readonly CertificateFiles _certificates;
    ServerProcess? _process;

    NginxServer(string program)
    {
        _program = program;
        _certificates = new CertificateFiles(_folder);
    }

    public int Port { get; private set; }

    public int TlsPort => Port + 1;

    /// <summary>The CA of its certificate, as a file.</summary>
    public string CaFile => _certificates.Ca;

    public string ClientCertificateFile => _certificates.Client;

    public string ClientKeyFile => _certificates.ClientKey;

    /// <summary>
    /// Starts one; skips the test if there is none on this machine. <c>/</c> tells connection and request number; <c>/few/</c>
    /// closes after 5 requests, <c>/brief/</c> an idle connection after a second; under TLS <c>/secret</c> is for those who
    /// show a certificate.
    /// </summary>
    public static async Task<NginxServer> StartAsync()
    {
        var server = new NginxServer(RequiredServer.Find("nginx", "nginx-light"));
        (server._process, server.Port) = await ServerProcess.StartOnFreePortAsync("nginx", server.TryRunAsync);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    Task<ServerProcess?> TryRunAsync(int port)
    {
        var configuration = Path.Combine(_folder.FullName, "nginx.conf");
        File.WriteAllText(configuration, Configuration(port));
        return ServerProcess.TryStartAsync(
            new ProcessStartInfo(_program, ["-p", _folder.FullName, "-e", "stderr", "-c", configuration]),
            static line => line.Contains("start worker process ", StringComparison.Ordinal));
    }

    string Configuration(int port) => string.Create(CultureInfo.InvariantCulture, $$"""
        daemon off;
        worker_processes 1;
        error_log stderr notice;
        pid {{_folder.FullName}}/nginx.pid;
        events { worker_connections 256; }
        http {
          access_log off;
          client_body_temp_path {{_folder.FullName}}/body;
          proxy_temp_path {{_folder.FullName}}/proxy;
          fastcgi_temp_path {{_folder.FullName}}/fastcgi;
          uwsgi_temp_path {{_folder.FullName}}/uwsgi;
          scgi_temp_path {{_folder.FullName}}/scgi;
          default_type text/plain;
          server {
            listen 127.0.0.1:{{port}};
            location / { return 200 "$connection $connection_requests"; }
            location /few/ { keepalive_requests 5; return 200 "$connection $connection_requests"; }
            location /brief/ { keepalive_timeout 1s; return 200 "$connection $connection_requests"; }
          }
          server {
            listen 127.0.0.1:{{port + 1}} ssl;
            ssl_certificate {{_certificates.Server}};
            ssl_certificate_key {{_certificates.ServerKey}};
            ssl_client_certificate {{_certificates.Ca}};
            ssl_verify_client optional;
            location / { return 200 "$connection $connection_requests"; }
            location /brief/ { keepalive_timeout 1s; return 200 "$connection $connection_requests"; }
            location /secret {
              if ($ssl_client_verify != SUCCESS) { return 403 "no certificate"; }
              return 200 "$ssl_client_s_dn";
            }
          }
        }
        """);
}
