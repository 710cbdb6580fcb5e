using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorPool.AkkaNet.Tests.Clustering;

/// <summary>What CLUSTER.md shows, compiled.</summary>
static class ClusterPage
{
    public static void Begin(HostApplicationBuilder builder, string host, int port, string[] seeds)
    {
        builder.Services.AddAkka("shop", akka => akka
            .WithRemoting(host, port)
            .WithClustering(new ClusterOptions { Roles = ["ledger"], SeedNodes = seeds })
            .WithActorPool(pools => pools.AddTcp("ledger", "10.0.7.1", 9000))
            .WithActorPoolCluster(cluster => cluster.HandleUse<Stream, Booking, Receipt>("ledger", "book", Ledger.BookAsync)));
    }

    public static async Task<object> AskAsync(ActorSystem system)
    {
        Receipt receipt = await ActorPoolCluster.For(system).UseAsync<Receipt>(
            new UseLease("ledger", "book", new Booking("4711", 12)) { Role = "ledger", TimeLimit = TimeSpan.FromSeconds(5) });
        return receipt;
    }

    public static void Look(HostApplicationBuilder builder)
    {
        builder.Services.AddActorPoolCluster();
    }

    public sealed record Booking(string Account, int Amount);

    public sealed record Receipt(string Account);

    public static class Ledger
    {
        public static ValueTask<Receipt> BookAsync(Stream connection, Booking booking, CancellationToken cancellationToken) => new(new Receipt(booking.Account));
    }
}
