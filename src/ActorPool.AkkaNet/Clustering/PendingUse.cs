using ActorPool.AkkaNet.Messaging;
using Akka.Actor;
using Akka.Cluster;

namespace ActorPool.AkkaNet.Clustering;

/// <summary>A <see cref="UseLease"/> that is not answered yet. For the router's turns alone.</summary>
/// <param name="use">What is asked.</param>
/// <param name="asker">Who is answered.</param>
/// <param name="timeLimit">How long it may take.</param>
/// <param name="deadline">Until when it may, on the scheduler's clock.</param>
sealed class PendingUse(UseLease use, IActorRef asker, TimeSpan timeLimit, TimeSpan deadline)
{
    public UseLease Use => use;

    public IActorRef Asker => asker;

    public TimeSpan TimeLimit => timeLimit;

    public TimeSpan Deadline => deadline;

    public UseName Name { get; } = UseName.Of(use.Pool, use.Handler);

    /// <summary>The number of the order that was given for it; zero before the first.</summary>
    public long OrderId { get; set; }

    /// <summary>Who has the order; null while nobody has.</summary>
    public UniqueAddress? Node { get; set; }

    /// <summary>Who has had it, and was lost or has refused it.</summary>
    public HashSet<UniqueAddress> Tried { get; } = [];

    /// <summary>The last who was lost with it; null for none.</summary>
    public UniqueAddress? Lost { get; set; }

    /// <summary>The payload as it travels; null until it must.</summary>
    public WirePayload? Wire { get; set; }

    /// <summary>Whether somebody has, or had, an order for it that he may have carried out.</summary>
    public bool MayHaveRun => Node is not null || Lost is not null;
}
