using ActorPool.TestKit;
using Akka.Actor;

namespace ActorPool.AkkaNet.Tests.Clustering;

/// <summary>What the nodes of the tests do for each other.</summary>
static class Handlers
{
    /// <summary>Answers with a word of the node's own.</summary>
    public static void Answer(ActorSystem node, string word, string name = "greet") => ActorPools.For(node).HandleUse<ScriptedConnection, string, string>(
        "orders", name, (_, payload, _) => ValueTask.FromResult($"{payload} from {word}"));

    /// <summary>Says that it has begun, and goes on until it is released or its token ends.</summary>
    public static (Task Begun, TaskCompletionSource<string> Release, Task Cancelled) Hang(ActorSystem node, string name = "greet")
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ActorPools.For(node).HandleUse<ScriptedConnection, string, string>("orders", name, async (_, _, cancellationToken) =>
        {
            begun.TrySetResult();
            try
            {
                return await release.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                cancelled.TrySetResult();
                throw;
            }
        });
        return (begun.Task, release, cancelled.Task);
    }

    /// <summary>Waits until a node does nothing for others any more.</summary>
    public static async Task WithdrawnAsync(this ActorSystem node)
    {
        using var patience = new CancellationTokenSource(ClusterNodes.Patience);
        while (ActorPools.For(node).UseHandlers.Names.Count > 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public static async Task<object> AskAsync(this ActorSystem node, UseLease use) =>
        await ActorPoolCluster.For(node).Router.Ask<object>(use, ClusterNodes.Patience);
}
