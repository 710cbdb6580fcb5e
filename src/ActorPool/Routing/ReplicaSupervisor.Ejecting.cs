using ActorPool.Diagnostics;

namespace ActorPool.Routing;

/// <summary>
/// Outlier ejection, after Envoy's: so many faults in a row, and a member is left alone, longer each time, and never too
/// many at once.
/// </summary>
sealed partial class ReplicaSupervisor
{
    void Faulted(ReplicaMember member, long ended, bool isLease)
    {
        if (!IsNoLongerOurs(member))
        {
            NoteFault(member, ended, isLease);
            LookAgain();
        }
    }

    void NoteFault(ReplicaMember member, long ended, bool isLease)
    {
        member.Faults.Note(ended, isLease);
        if (_settings.EjectAfterFaults > 0
            && !member.IsEjected
            && member.Faults.Length >= _settings.EjectAfterFaults
            && CanEjectAnother())
        {
            Eject(member);
        }
    }

    bool CanEjectAnother()
    {
        var ejected = 0;
        foreach (var member in _view.Members)
        {
            ejected += member.IsEjected ? 1 : 0;
        }

        return ejected + 1 <= _settings.MaxEjectedShare * _view.Members.Length;
    }

    void Eject(ReplicaMember member)
    {
        var nowMs = System.Clock.NowMs;

        // It has forgotten one ejection for each time that it was well for as long as the shortest.
        var forgotten = (nowMs - member.BackSinceMs) / _settings.BaseEjectionMs;
        member.Ejections = (int)Math.Max(0, member.Ejections - forgotten) + 1;
        var timeMs = Math.Min(_settings.BaseEjectionMs * member.Ejections, _settings.MaxEjectionMs);
        member.EjectedUntilMs = nowMs + timeMs;
        member.IsEjected = true;
        System.Events.Publish(new ReplicaEjected(
            member.Supervisor.Name, _settings.Name, member.Faults.Length, timeMs, member.Ejections));
        ExpectEjectionEnd(nowMs);
    }

    void EndEjections()
    {
        var nowMs = System.Clock.NowMs;
        foreach (var member in _view.Members)
        {
            if (member.IsEjected && member.EjectedUntilMs <= nowMs)
            {
                member.IsEjected = false;
                member.BackSinceMs = nowMs;
                member.Faults.Clear();
                System.Events.Publish(new ReplicaReturned(member.Supervisor.Name, _settings.Name));
            }
        }

        ExpectEjectionEnd(nowMs);
        LookAgain();
    }

    void ExpectEjectionEnd(long nowMs)
    {
        var firstMs = long.MaxValue;
        foreach (var member in _view.Members)
        {
            if (member.IsEjected)
            {
                firstMs = Math.Min(firstMs, member.EjectedUntilMs);
            }
        }

        if (firstMs < long.MaxValue)
        {
            StartTimer(
                (int)GroupTimer.EjectionEnds, Math.Max(0, firstMs - nowMs), GroupMessage.Command(GroupRequest.EjectionEnded));
        }
    }
}
