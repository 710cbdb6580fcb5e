namespace ActorPool.Tests.Net;

/// <summary>Tests that no other test may run beside.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public class RunsAlone;
