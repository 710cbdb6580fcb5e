using ActorPool.Budgets.Node;
using ActorPool.Budgets.Simulation.Checks;

namespace ActorPool.Budgets.Simulation.Nodes;

/// <summary>
/// A process's line to the engine and to the fence. Requests and answers are lost, late, doubled and overtake each other; a request whose
/// time is over has failed for the process, and may be carried out all the same.
/// </summary>
sealed class EngineLine(World world, NodeProcess process)
{
    readonly HashSet<long> _pending = [];

    Choices Choices => process.Choices;

    TrialOptions Options => world.Options;

    /// <summary>How many requests were sent.</summary>
    public int Sent { get; private set; }

    public void Send(AgentEffect.Send send)
    {
        Sent++;
        world.Tally.Requests++;
        var request = RequestLog.Sent(process, send);
        _pending.Add(send.Id);
        if (!IsLost())
        {
            world.After(Latency(), null, () => Arrive(request));
        }

        if (world.IsStormy && Options.IsDoubling && Choices.OneIn(8))
        {
            world.After(Latency(), null, () => Arrive(request));
        }

        world.After(process.Node.Clock.TrueTicks(send.Timeout), process, () => Fail(send.Id, "timeout"));
    }

    public void Fence(long id, Func<string, bool> isMeant)
    {
        var isReached = !world.Server.FenceFails || Choices.OneIn(2);
        var answers = !world.Server.FenceFails;
        var there = Latency();
        var back = Latency();
        if (isReached)
        {
            world.After(there, null, () =>
            {
                var left = world.Server.End(isMeant);
                if (answers)
                {
                    world.After(back, process, () => process.Do(agent => agent.FenceAnswered(id, left, null)));
                }
            });
        }

        if (!answers)
        {
            world.After(there + back, process, () => process.Do(agent => agent.FenceAnswered(id, null, "the server refused")));
        }
    }

    /// <summary>Others have changed the node's record, and the engine tells, as a rule.</summary>
    public void Notify()
    {
        if (!process.Settings.IsWatched || IsLost())
        {
            return;
        }

        world.After(Latency(), process, () => process.Do(static agent => agent.Changed()));
        if (world.IsStormy && Options.IsDoubling && Choices.OneIn(8))
        {
            world.After(Latency(), process, () => process.Do(static agent => agent.Changed()));
        }
    }

    void Arrive(EngineRequest request)
    {
        var id = request.Id;
        if (process.Node.IsCutOff)
        {
            return;
        }

        if (world.Engine.IsDown)
        {
            if (world.Engine.Refuses)
            {
                world.After(Latency(), process, () => Fail(id, "refused"));
            }

            return;
        }

        var reply = world.Engine.Commit(request.Transaction, process);
        if (reply.IsCommitted)
        {
            world.Requests.Committed(request);
        }

        world.Trace?.Add(world, $"engine: {process.Name} {request}: {(reply.IsCommitted ? "done" : "refused")}");
        if (!IsLost())
        {
            world.After(Latency(), process, () => Answer(id, reply));
        }
    }

    void Answer(long id, GrantReply reply)
    {
        // An answer that comes after its time is thrown away, as a rule.
        if (!process.Node.IsCutOff && (_pending.Remove(id) || (world.IsStormy && Choices.OneIn(4))))
        {
            process.Do(agent => agent.Replied(id, reply));
        }
    }

    void Fail(long id, string error)
    {
        if (_pending.Remove(id))
        {
            world.Trace?.Add(world, $"{process.Name} request {id}: {error}");
            process.Do(agent => agent.Failed(id, error));
        }
    }

    bool IsLost() => process.Node.IsCutOff || (world.IsStormy && Options.IsLossy && Choices.OneIn(10));

    long Latency()
    {
        if (world.IsStormy && Options.IsSlow && Choices.OneIn(10))
        {
            return Choices.Between(0, 2 * Math.Max(Options.RequestTimeout.Ticks, Options.Lifetime.Ticks / 3));
        }

        return Choices.Between(TimeSpan.TicksPerMillisecond / 2, 3 * TimeSpan.TicksPerMillisecond);
    }
}
