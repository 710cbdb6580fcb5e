using ActorPool.Errors;

namespace ActorPool.Options;

/// <summary>Checks what a command asks for, on its sender's thread, before it becomes a message.</summary>
static class CommandCheck
{
    /// <summary>The command as the supervisor takes it.</summary>
    /// <exception cref="ArgumentException">It asks for what cannot be.</exception>
    public static PoolCommand Checked(PoolCommand command, PoolSettings current)
    {
        switch (command)
        {
            case WarmUpPool { Connections: < 0 } warmUp:
                throw new ArgumentOutOfRangeException(nameof(command), warmUp.Connections, "A pool is warmed up to zero connections or more.");
            case PausePool { Limit: { } limit }:
                CheckTime(limit);
                return command;
            case DrainPool { Deadline: { } deadline }:
                CheckTime(deadline);
                return command;
            case EvictConnections { ConnectionId: <= 0 } evict:
                throw new ArgumentOutOfRangeException(nameof(command), evict.ConnectionId, "Connections are numbered from 1.");
            case EvictConnections { Over: { } over }:
                CheckTime(over);
                return command;
            case ResizePool resize:
                PoolOptionsValidator.ValidateSizes(current.Name, resize.MinSize, resize.MaxSize);
                return command;
            case ReconfigurePool reconfigure:
                return reconfigure with { Settings = SettingsOf(reconfigure.Options, current) };
            default:
                return command;
        }
    }

    static PoolSettings SettingsOf(PoolOptions options, PoolSettings current)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = PoolSettings.From(options);
        return settings.Name != current.Name ? throw PoolErrors.Fixed(current.Name, nameof(options.Name))
            : !ReferenceEquals(settings.Budget, current.Budget) ? throw PoolErrors.Fixed(current.Name, nameof(options.Budget))
            : settings;
    }

    static void CheckTime(TimeSpan time)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
        {
            throw PoolErrors.Timeout(time);
        }
    }
}
