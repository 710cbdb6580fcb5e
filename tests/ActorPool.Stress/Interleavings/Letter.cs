using ActorPool.Actors;

namespace ActorPool.Stress;

/// <summary>Mail without an actor: a scenario takes it out of the mailbox itself.</summary>
/// <param name="sender">Which actor sends it.</param>
/// <param name="number">Which of that actor's letters it is, from 1.</param>
sealed class Letter(int sender, int number) : MessageNode
{
    public int Sender { get; } = sender;

    public int Number { get; } = number;

    public override void Deliver(Actor actor) => throw new NotSupportedException("A letter has no actor.");
}
