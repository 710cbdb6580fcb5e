using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.InteropServices;

namespace ActorPool.AkkaNet.Proof.Partitions;

/// <summary>
/// A network namespace for each node, and two networks that connect them: one for the cluster (10.77.0.0/24), where this machine has no address, and one to the
/// database (10.78.0.0/24), where it has one. A node is cut off by putting the near end of its cluster link into another bridge: nothing is refused, it just does not
/// arrive. No namespace has a route to anything else. Everything is named after this process, and is gone when this is disposed.
/// </summary>
sealed class Networks : IAsyncDisposable
{
    /// <summary>How many nodes there can be at a time.</summary>
    public const int Places = 5;

    const int HostPart = 254;

    static readonly string Prefix = string.Create(CultureInfo.InvariantCulture, $"ap{Environment.ProcessId}");
    static readonly string Near = $"{Prefix}n";
    static readonly string Far = $"{Prefix}f";
    static readonly string Database = $"{Prefix}d";

    readonly string?[] _nodes = new string?[Places];

    Networks()
    {
    }

    /// <summary>Where this machine is on the way to the database.</summary>
    public static IPAddress Server { get; } = new([10, 78, 0, HostPart]);

    static IEnumerable<int> All => Enumerable.Range(1, Places);

    /// <summary>Why there can be none here, in one line; null: there can.</summary>
    public static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux() || geteuid() != 0)
        {
            return "network namespaces need Linux, and root.";
        }

        if (IpCommand.Program is null)
        {
            return "ip is not installed; on Debian the package iproute2 brings it (apt-get install iproute2).";
        }

        // Whatever a run left that was killed stops the next one too.
        var taken = NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(static device => device.GetIPProperties().UnicastAddresses.Any(static address => IsOurs(address.Address)));
        return taken is null ? null : $"{taken.Name} has an address in 10.77.0.0/24 or 10.78.0.0/24, which this needs; another run, or what is left of a killed one (ip link del, ip netns del)?";
    }

    public static async Task<Networks> CreateAsync()
    {
        var networks = new Networks();
        try
        {
            await IpCommand.DoAsync(
            [
                .. new[] { Near, Far, Database }.SelectMany(static bridge => new[] { $"link add {bridge} type bridge", $"link set {bridge} up" }),
                $"addr add {Server}/24 dev {Database}",
                .. All.SelectMany(static place => new[]
                {
                    $"netns add {Namespace(place)}",
                    $"link add {ClusterLink(place)} type veth peer name cluster netns {Namespace(place)}",
                    $"link set {ClusterLink(place)} master {Near} up",
                    $"link add {DatabaseLink(place)} type veth peer name database netns {Namespace(place)}",
                    $"link set {DatabaseLink(place)} master {Database} up",
                }),
            ]);
            foreach (var place in All)
            {
                await IpCommand.DoAsync(
                    [
                        "link set lo up", $"addr add {ClusterAddress(place)}/24 dev cluster", "link set cluster up", $"addr add 10.78.0.{place}/24 dev database", "link set database up",
                    ],
                    Namespace(place));
            }

            return networks;
        }
        catch
        {
            await networks.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where a node is in the cluster's network: a place of its own from its start until it is released.</summary>
    public string AddressOf(string node) => ClusterAddress(PlaceOf(node));

    /// <summary>What starts a program in a node's namespace.</summary>
    public IReadOnlyList<string> CommandFor(string node) => [IpCommand.Program!, "netns", "exec", Namespace(PlaceOf(node))];

    /// <summary>From now on they reach each other, and nobody else of the cluster.</summary>
    public Task CutOffAsync(IEnumerable<string> nodes) => ConnectAsync(nodes, Far);

    /// <summary>They reach all others again.</summary>
    public Task HealAsync(IEnumerable<string> nodes) => ConnectAsync(nodes, Near);

    /// <summary>Another node may have its place.</summary>
    public void Release(string node) => _nodes[PlaceOf(node) - 1] = null;

    public async ValueTask DisposeAsync() => await IpCommand.TryAsync(
    [
        .. All.SelectMany(static place => new[] { $"link del {ClusterLink(place)}", $"link del {DatabaseLink(place)}", $"netns del {Namespace(place)}" }),
        .. new[] { Near, Far, Database }.Select(static bridge => $"link del {bridge}"),
    ]);

    Task ConnectAsync(IEnumerable<string> nodes, string bridge) =>
        IpCommand.DoAsync(nodes.Select(node => $"link set {ClusterLink(PlaceOf(node))} master {bridge}"));

    int PlaceOf(string node)
    {
        var place = Array.IndexOf(_nodes, node);
        if (place < 0)
        {
            place = Array.IndexOf(_nodes, null);
            _nodes[place] = node;
        }

        return place + 1;
    }

    static bool IsOurs(IPAddress address) => address.GetAddressBytes() is [10, 77 or 78, 0, _];

    static string Namespace(int place) => string.Create(CultureInfo.InvariantCulture, $"actorpool-{Environment.ProcessId}-{place}");

    static string ClusterLink(int place) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}c{place}");

    static string DatabaseLink(int place) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}d{place}");

    static string ClusterAddress(int place) => string.Create(CultureInfo.InvariantCulture, $"10.77.0.{place}");

#pragma warning disable SYSLIB1054, CA5392 // a call of the system's own library needs no generated marshalling
    [DllImport("libc")]
    static extern uint geteuid();
#pragma warning restore SYSLIB1054, CA5392
}
