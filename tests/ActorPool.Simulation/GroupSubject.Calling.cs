using ActorPool.Simulation.Callers;
using ActorPool.Simulation.Network;

namespace ActorPool.Simulation;

/// <summary>What callers and operators do with the group.</summary>
sealed partial class GroupSubject
{
    /// <summary>Begins an acquire.</summary>
    public GroupCall Acquire(in ReplicaRequest request)
    {
        var call = Begin(request.Role ?? Options.Role, request.Timeout, request.Holder as LeaseScope, isUse: false, "acquires");
        call.Call.Await(Group.AcquireAsync(request, call.Call.Cancellation.Token), _world.Calls);
        return call;
    }

    /// <summary>Begins one that is to be awaited by whoever calls this.</summary>
    public GroupCall Begin(TargetRole role, TimeSpan? timeout, LeaseScope? scope, bool isUse, string what)
    {
        var timeoutMs = (long)(timeout ?? Options.Pool.AcquireTimeout).TotalMilliseconds;
        var call = new GroupCall(new Call(++_world.Calls, _world.NowMs, timeoutMs, scope), role, Told.Count, isUse);
        _world.Trace?.Add($"  {call} {what} ({role}{(scope is null ? "" : ", for the scope")}, at most {timeoutMs} ms)");
        Calls.Add(call);
        return call;
    }

    /// <summary>A caller looks at its answer.</summary>
    public void Take(GroupCall call)
    {
        Calls.Remove(call);
        var lease = call.Call.Take(out var failure);
        call.WasServed = failure is null;
        var member = MemberOf(lease.Seat?.Slot.Supervisor);
        _world.Trace?.Add($"  {call} gets {(failure is not null ? failure.GetType().Name : member is null ? "what it wanted" : !lease.IsActive ? $"a lease of {member.Name} that has ended meanwhile" : $"connection {lease.ConnectionId} of {member.Name}")}");
        foreach (var check in _checks)
        {
            check.Answered(call, member, failure);
        }

        call.Call.Cancellation.Dispose();
        if (failure is null && lease.IsActive)
        {
            member!.Hold(new Held(lease, lease.Connection, call.Call.Number));
        }
    }

    /// <summary>Somebody takes what is idle.</summary>
    public void Try()
    {
        if (!Group.TryAcquire(out var lease))
        {
            _world.Trace?.Add("  somebody tries in vain");
            return;
        }

        var member = MemberOf(lease.Seat?.Slot.Supervisor)!;
        _world.Trace?.Add($"  somebody tries and has connection {lease.ConnectionId} of {member.Name}");
        member.Hold(new Held(lease, lease.Connection, Call: 0));
    }

    /// <summary>A lease is over.</summary>
    public void End(PoolSubject member, Held held)
    {
        member.Leases.Remove(held);
        Past.Add(held);
        if (Past.Count > PastMax)
        {
            Past.RemoveAt(0);
        }
    }

    /// <summary>Has every member do something.</summary>
    public void Tell(PoolCommand command)
    {
        _world.Trace?.Add($"  the group: {command}");
        foreach (var member in Members)
        {
            member.HasWarmedUp |= command is WarmUpPool;
        }

        Await(Group.ExecuteAsync(command));
    }

    public void Drain(TimeSpan? deadline)
    {
        _world.Trace?.Add("  the group is drained");
        HasDrained = true;
        foreach (var member in Members)
        {
            member.HasDrained = true;
        }

        _telling++;
        Await(Group.DrainAsync(deadline));
        _telling--;
    }

    /// <summary>The weather clears: one primary, everybody listed, nobody paused.</summary>
    public void Clear()
    {
        var servers = _world.Network.Servers;
        Names.Listed.Clear();
        Names.Listed.AddRange(servers);
        foreach (var lookup in Names.Pending)
        {
            lookup.Fate = Fate.Normal;
        }

        for (var server = 0; server < servers.Count; server++)
        {
            servers[server].Role = server == 0 ? ReplicaRole.Primary : ReplicaRole.Standby;
        }

        Tell(new ResumePool());
    }

    /// <summary>How it ended.</summary>
    public void Show(Trace trace)
    {
        foreach (var member in Supervisor.View.Members)
        {
            trace.Add($"{member} at the end: {member.Role}{(member.IsEjected ? $", ejected until {member.EjectedUntilMs} ms" : "")}{(member.IsSuspect ? ", suspect" : "")}, {member.Supervisor.HealthNow}, {member.Supervisor.LeasedNow} leased, {member.Supervisor.IdleNow} idle, {member.Supervisor.WaitingNow} wait");
        }

        trace.Add($"{Peek.Leaving(Supervisor).Count} are leaving, {Peek.Waiting(Supervisor).Count} wait at the group");
    }

    void Await(Task command)
    {
        _commands.RemoveAll(static command => command.IsCompleted);
        _commands.Add(command);
    }
}
