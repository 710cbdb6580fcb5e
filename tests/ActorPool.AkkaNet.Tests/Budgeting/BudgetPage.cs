using ActorPool.Hosting;
using Akka.Cluster.Hosting;
using Akka.Cluster.Hosting.SBR;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ActorPool.AkkaNet.Tests.Budgeting;

/// <summary>What BUDGET.md shows, compiled.</summary>
static class BudgetPage
{
    public static void Begin(HostApplicationBuilder builder)
    {
        builder.Services.AddAkka("shop", akka => akka
            .WithRemoting("10.0.0.1", 4053)
            .WithClustering(new ClusterOptions
            {
                SeedNodes = ["akka.tcp://shop@10.0.0.1:4053", "akka.tcp://shop@10.0.0.2:4053", "akka.tcp://shop@10.0.0.3:4053"],
                SplitBrainResolver = new StaticQuorumOption { QuorumSize = 2 },
            })
            .AddHocon("akka.actorpool.cluster.quorum-size = 2", HoconAddMode.Prepend)
            .WithActorPoolBudget());
        builder.Services.AddActorPool(builder.Configuration.GetSection("actorpool"), pools => pools.AddDatabaseProvider("Npgsql", NpgsqlFactory.Instance));
        builder.Services.AddActorPoolBudget(budgets => budgets.AddAkkaEngine());
    }
}
