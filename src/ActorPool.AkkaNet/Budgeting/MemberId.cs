using Akka.Actor;
using Akka.Cluster;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>One member's one process: at the same address another may have been started, with another number.</summary>
readonly record struct MemberId(string Address, int Uid)
{
    public static MemberId Of(UniqueAddress member) => new(member.Address.ToString(), member.Uid);
}
