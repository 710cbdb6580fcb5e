namespace ActorPool.AkkaNet;

/// <summary>
/// The answer to an <see cref="AcquireLease"/>: a lease, unclaimed as yet. Whoever has it calls <see cref="LeaseOffer{TConnection}.Claim"/>; nobody does
/// when the <c>Ask</c> was cancelled meanwhile, and then it is taken back after <c>akka.actorpool.claim-timeout</c>.
/// </summary>
/// <typeparam name="TConnection">What is pooled.</typeparam>
public sealed class LeaseGranted<TConnection> : LeaseOffer<TConnection>, ILocalMessage
    where TConnection : class
{
    internal LeaseGranted(Lease<TConnection> lease)
        : base(lease)
    {
    }
}
