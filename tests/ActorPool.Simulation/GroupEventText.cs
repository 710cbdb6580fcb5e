using ActorPool.Diagnostics;

namespace ActorPool.Simulation;

/// <summary>What happens in a group and its members, in a few words that are the same at every replay.</summary>
static class GroupEventText
{
    public static string Of(object happened) => happened switch
    {
        PoolEvent member => $"{member.PoolName} says {EventText.Of(member)}",
        ReplicaEjected ejected => $"{ejected.PoolName} is ejected after {ejected.Faults} faults, for {ejected.TimeMs} ms",
        ReplicaReturned returned => $"{returned.PoolName} is back",
        ReplicaRoleChanged changed => $"{changed.PoolName} was {changed.Before} and is {changed.Now}",
        ReplicasChanged changed => $"members come: {string.Join(", ", changed.Added)}; members leave: {string.Join(", ", changed.Removed)}",
        LookupFailed failed => $"the lookup has failed: {failed.Error.GetType().Name}",
        _ => happened.GetType().Name,
    };
}
