using ActorPool.Benchmarks;

return CommandLine.Run(args);
