using ActorPool.Diagnostics;
using ActorPool.Options;

namespace ActorPool.Routing;

/// <summary>Who is primary and who is standby: asked on every new connection by its connector, and here from time to time.</summary>
sealed partial class ReplicaSupervisor
{
    /// <summary>However urgent it is, members are asked no more often than this.</summary>
    const long RolesSoonMs = 1_000;

    long _rolesAskedMs = long.MinValue / 2;

    void ExpectRoles(long delayMs)
    {
        if (_settings.KnowsRoles && !_closed && delayMs < PoolSettings.Never)
        {
            StartTimer((int)GroupTimer.Roles, delayMs, GroupMessage.Command(GroupRequest.RolesDue));
        }
    }

    /// <summary>Roles may have changed: at the next opportunity, not at the next interval.</summary>
    void AskRolesSoon()
    {
        var dueMs = Math.Max(System.Clock.NowMs, _rolesAskedMs + RolesSoonMs);
        if (dueMs < TimerDueMs((int)GroupTimer.Roles))
        {
            ExpectRoles(dueMs - System.Clock.NowMs);
        }
    }

    void AskRoles()
    {
        _rolesAskedMs = System.Clock.NowMs;
        foreach (var member in _view.Members)
        {
            // One that cannot be reached answers when it can: its next connection is asked.
            if (!member.IsRoleAsked && (member.Supervisor.HealthNow == PoolHealth.Healthy || member.Supervisor.IdleNow > 0))
            {
                member.IsRoleAsked = true;
                Start(new RoleQuestion(this, member));
            }
        }

        ExpectRoles(_settings.RoleIntervalMs);
    }

    void RoleAsked(ReplicaMember member, ReplicaRole before)
    {
        member.IsRoleAsked = false;
        if (member.Role != before)
        {
            Changed(member, before);
        }
    }

    void Changed(ReplicaMember member, ReplicaRole before)
    {
        System.Events.Publish(new ReplicaRoleChanged(member.Supervisor.Name, _settings.Name, before, member.Role));
        LookAgain();
    }
}
