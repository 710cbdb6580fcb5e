using ActorPool.AkkaNet.Logging;
using ActorPool.AkkaNet.Messaging;
using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace ActorPool.AkkaNet.Clustering;

/// <summary>Carries out what this node's code has registered, for whoever gives the order; each order on the thread pool, and every order is answered.</summary>
/// <param name="handlers">What this node does.</param>
/// <param name="payloads">Writes and reads what users send.</param>
/// <param name="router">This node's router, who answers.</param>
/// <param name="node">This node's address.</param>
/// <param name="system">Where logs go.</param>
sealed class OrderRunner(UseHandlers handlers, Payloads payloads, IActorRef router, string node, ActorSystem system)
{
    readonly ILogger _logger = new AkkaLoggerFactory(system).CreateLogger("ActorPool.AkkaNet.Uses");

    /// <summary>In the router's turn: refuses at once what this node does not do, and begins the rest elsewhere, since that is users' code.</summary>
    public void Begin(UseOrder order, IActorRef asker)
    {
        if (handlers.Find(UseName.Of(order.Pool, order.Handler)) is not { } handler)
        {
            asker.Tell(new OrderRefused(order.Id), router);
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(
            static run => _ = run.runner.RunAsync(run.order, run.handler, run.asker), (runner: this, order, handler, asker), preferLocal: false);
    }

    async Task RunAsync(UseOrder order, IUseHandler handler, IActorRef asker)
    {
        var began = false;
        using var limit = new CancellationTokenSource(order.Remaining);
        try
        {
            var payload = payloads.Unwrap(order.Payload, "payload");
            if (!handler.Takes(payload))
            {
                throw new PayloadException(
                    $"Handler '{order.Handler}' of pool '{order.Pool}' takes a {handler.RequestType.Name}, not {(payload is null ? "null" : $"a {payload.GetType().Name}")}.");
            }

            var result = await handler.RunAsync(payload, () => began = true, limit.Token).ConfigureAwait(false);
            asker.Tell(new OrderDone(order.Id, IsAbroad(asker) ? payloads.Wrap(result, "result") : result), router);
        }
        catch (PoolClosedException) when (!began)
        {
            // The node is about to leave.
            asker.Tell(new OrderRefused(order.Id), router);
        }
#pragma warning disable CA1031 // whatever it was, whoever asked is told
        catch (Exception error)
#pragma warning restore CA1031
        {
            asker.Tell(new OrderFailed(order.Id, FailureOf(error, order, began, limit.IsCancellationRequested, asker)), router);
        }
    }

    UseFailed FailureOf(Exception error, UseOrder order, bool began, bool isOutOfTime, IActorRef asker)
    {
        switch (error)
        {
            case PayloadException:
                return UseFailures.Unreadable(error.Message, began, node);
            case OperationCanceledException when isOutOfTime:
                return UseFailures.OutOfTime(order, began, node);
            case PoolException failure when !began || failure.Reason is PoolFailureReason.RetriesExhausted or PoolFailureReason.LeaseRevoked:
                return new UseFailed(UseFailureReason.PoolFailed, ErrorText.MessageOf(failure)) { PoolReason = failure.Reason, MayHaveRun = began, Node = node };
            default:
                UseLog.HandlerFailed(_logger, error, order.Pool, order.Handler, IsAbroad(asker) ? asker.Path.Address.ToString() : "an actor of this node");
                return new UseFailed(UseFailureReason.HandlerFailed, ErrorText.Of(error)) { MayHaveRun = began, Node = node };
        }
    }

    static bool IsAbroad(IActorRef asker) => asker is IActorRefScope { IsLocal: false };
}
