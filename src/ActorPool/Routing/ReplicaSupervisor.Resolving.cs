using ActorPool.Diagnostics;
using ActorPool.Options;

namespace ActorPool.Routing;

/// <summary>Names: looked up on a schedule; who is new comes in, who is gone is drained.</summary>
sealed partial class ReplicaSupervisor
{
    /// <summary>As long as no address was ever found, acquires wait for one, and so the name is asked for more often.</summary>
    const long ResolveSoonMs = 1_000;

    Exception? _lookupError;

    void Resolve() => Start(new NameLookup(this, _settings, _factory, System));

    void Resolved(Resolution resolution)
    {
        if (_closed)
        {
            foreach (var member in resolution.New)
            {
                Start(new MemberDrain(this, member));
            }

            return;
        }

        _lookupError = resolution.Error;
        if (resolution.Error is { } error)
        {
            System.Events.Publish(new LookupFailed(_settings.Name, error));
        }

        var stay = Array.FindAll(_view.Members, member => resolution.Current!.Contains(member.Target.Address));
        var leave = Array.FindAll(_view.Members, member => !resolution.Current!.Contains(member.Target.Address));
        if (resolution.New.Length + leave.Length > 0)
        {
            System.Events.Publish(new ReplicasChanged(
                _settings.Name,
                Array.ConvertAll(resolution.New, static member => member.ToString()),
                Array.ConvertAll(leave, static member => member.ToString())));
            _leaving.AddRange(leave);
            foreach (var member in leave)
            {
                Start(new MemberDrain(this, member));
            }

            SetMembers([.. stay, .. resolution.New]);
            UpdateThoseWithOldOptions(resolution.New);
            AskRolesSoon();
        }

        var delayMs = _view.Members.Length == 0 ? Math.Min(ResolveSoonMs, _settings.ResolveIntervalMs) : _settings.ResolveIntervalMs;
        if (delayMs < PoolSettings.Never)
        {
            StartTimer((int)GroupTimer.Resolve, delayMs, GroupMessage.Command(GroupRequest.ResolveDue));
        }
    }

    /// <summary>Whoever reconfigures the group tells the members that there are, and not those that are being made.</summary>
    void UpdateThoseWithOldOptions(ReplicaMember[] members)
    {
        // Either we see the new options, or whoever has set them sees the new members.
        Interlocked.MemoryBarrier();
        foreach (var member in members)
        {
            if (member.Template != _settings.Template)
            {
                Start(new MemberUpdate(member));
            }
        }
    }
}
