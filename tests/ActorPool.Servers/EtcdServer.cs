using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace ActorPool.Servers;

/// <summary>An etcd of the test's own on loopback ports, of one member or several; over TLS if wanted, which then asks for a client certificate.</summary>
public sealed class EtcdServer : IAsyncDisposable
{
    readonly string _program;
    readonly string[] _arguments;
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorpool-etcd-");
    readonly CertificateFiles? _certificates;
    readonly ServerProcess?[] _members;
    int _port;

    EtcdServer(string program, int members, bool tls, string[] arguments)
    {
        _program = program;
        _arguments = arguments;
        _certificates = tls ? new CertificateFiles(_folder) : null;
        _members = new ServerProcess?[members];
    }

    /// <summary>Where the members are, <c>http://127.0.0.1:…</c>, or <c>https</c>.</summary>
    public IReadOnlyList<string> Endpoints => [.. Enumerable.Range(0, _members.Length).Select(i => Address(_certificates is null ? "http" : "https", ClientPort(i)))];

    /// <summary>The certificates that it uses and trusts.</summary>
    public CertificateFiles Certificates => _certificates ?? throw new InvalidOperationException("This server speaks no TLS.");

    /// <summary>Starts one; skips the test if there is none on this machine.</summary>
    /// <param name="members">How many members the cluster has.</param>
    /// <param name="tls">Whether clients speak TLS to it, with a certificate of their own.</param>
    /// <param name="arguments">More of its arguments.</param>
    public static async Task<EtcdServer> StartAsync(int members = 1, bool tls = false, params string[] arguments)
    {
        var server = new EtcdServer(RequiredServer.Find("etcd", "etcd-server"), members, tls, arguments);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            server._port = Random.Shared.Next(10_000, 16_000) * 2;
            await Task.WhenAll(Enumerable.Range(0, members).Select(server.TryRunAsync));
            if (!server._members.Contains(null))
            {
                return server;
            }

            await Task.WhenAll(Enumerable.Range(0, members).Select(server.KillAsync));
            foreach (var data in server._folder.GetDirectories("data-*"))
            {
                data.Delete(recursive: true);
            }
        }

        await server.DisposeAsync();
        throw new InvalidOperationException("etcd finds no free ports.");
    }

    /// <summary>A member ends as if its machine had lost power, except that its sockets are closed.</summary>
    public async Task KillAsync(int member)
    {
        if (_members[member] is { } process)
        {
            _members[member] = null;
            await process.DisposeAsync();
        }
    }

    /// <summary>A member comes back on the same port.</summary>
    public async Task RunAgainAsync(int member)
    {
        await TryRunAsync(member);
        if (_members[member] is null)
        {
            throw new InvalidOperationException($"etcd does not start on port {ClientPort(member)} again.");
        }
    }

    /// <summary>Switches authentication on, with a user who may read and write what begins with a prefix, and <c>root</c> with the same password.</summary>
    public async Task AddUserAsync(string name, string password, string keyPrefix)
    {
        string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        var end = keyPrefix[..^1] + (char)(keyPrefix[^1] + 1);
        foreach (var user in new[] { "root", name })
        {
            await AskAsync("auth/user/add", new { name = user, password });
            await AskAsync("auth/role/add", new { name = user });
            await AskAsync("auth/user/grant", new { user, role = user });
        }

        await AskAsync("auth/role/grant", new { name, perm = new { permType = "READWRITE", key = Base64(keyPrefix), range_end = Base64(end) } });
        await AskAsync("auth/enable", new { });
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, _members.Length).Select(KillAsync));
        _folder.Delete(recursive: true);
    }

    async Task AskAsync(string path, object question)
    {
        using var client = new HttpClient();
        using var response = await client.PostAsJsonAsync($"{Endpoints[0]}/v3/{path}", question);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"etcd refused {path}: {await response.Content.ReadAsStringAsync()}");
        }
    }

    async Task TryRunAsync(int member) => _members[member] = await ServerProcess.TryStartAsync(
        new ProcessStartInfo(
            _program,
            [
                "--name", Name(member), "--data-dir", Path.Combine(_folder.FullName, $"data-{member}"),
                "--listen-client-urls", Endpoints[member], "--advertise-client-urls", Endpoints[member],
                "--listen-peer-urls", Address("http", PeerPort(member)), "--initial-advertise-peer-urls", Address("http", PeerPort(member)),
                "--initial-cluster", string.Join(',', Enumerable.Range(0, _members.Length).Select(i => $"{Name(i)}={Address("http", PeerPort(i))}")),
                "--heartbeat-interval", "50", "--election-timeout", "500", .. TlsArguments(), .. _arguments,
            ])
        {
            WorkingDirectory = _folder.FullName,
        },
        static line => line.Contains("ready to serve client requests", StringComparison.Ordinal));

    string[] TlsArguments() => _certificates is null
        ? []
        : ["--cert-file", _certificates.Server, "--key-file", _certificates.ServerKey, "--trusted-ca-file", _certificates.Ca, "--client-cert-auth"];

    int ClientPort(int member) => _port + (2 * member);

    int PeerPort(int member) => ClientPort(member) + 1;

    static string Name(int member) => string.Create(CultureInfo.InvariantCulture, $"member-{member}");

    static string Address(string scheme, int port) => string.Create(CultureInfo.InvariantCulture, $"{scheme}://127.0.0.1:{port}");
}
