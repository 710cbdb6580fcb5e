using ActorPool.Budgets.Cluster;

return await CommandLine.RunAsync(args);
