using ActorPool.AkkaNet.Proof;
using ActorPool.AkkaNet.Proof.Partitions;
using ActorPool.Budgets.Cluster;

var engine = new AkkaEngine();
return await CommandLine.RunAsync(args, engine, PartitionCommand.Create(engine));
