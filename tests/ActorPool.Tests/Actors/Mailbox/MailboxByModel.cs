using ActorPool.Actors;

namespace ActorPool.Tests.Actors.Mailbox;

/// <summary>The operations of a mailbox, each done by one thread of the model alone.</summary>
sealed class MailboxByModel
{
    readonly MailboxModel _model = new(new MailboxPlan("QQQ/QQQ/QQQ"));
    readonly Node?[] _queued = new Node?[MailboxModel.NodeCount];
    MailboxState _state;

    public bool IsOwned => _state.Word is MailboxModel.Busy or MailboxModel.BusyWithMail;

    /// <summary>A message that is not queued; null if all are.</summary>
    public Node? NextNode() => Array.IndexOf(_queued, null) is >= 0 and var free ? new Node(free) : null;

    public bool LooksIdle() => Do(At.LookIdle) == At.TryEnterAgain;

    public bool LooksUnfetched() => Do(At.LookUnfetched) == At.TryFetchToHelp;

    public bool TryEnter() => Do(At.TryEnter) == At.InlineTurn;

    public bool TryFetch() => Do(At.TryFetch, MailboxModel.Dispatcher) == At.SetBusy;

    public bool TryLeave() => Do(At.TryLeave, MailboxModel.Dispatcher) == At.AwaitWork;

    public void LeaveWithMail() => Do(At.LeaveWithMail, MailboxModel.Dispatcher);

    public bool Enqueue(Node node)
    {
        _queued[node.Number] = node;
        var (sender, sent) = (node.Number / MailboxPlan.MessagesMax, node.Number % MailboxPlan.MessagesMax);
        _state.Threads[sender] = new ModelThread { At = At.ReadTop, Sent = (byte)sent };
        while (_state.Threads[sender].At is At.ReadTop or At.Push or At.ReadWord or At.Announce && _state.Threads[sender].Sent == sent)
        {
            _model.Step(ref _state, sender);
        }

        return End(sender) == At.TryFetch;
    }

    public List<int> TakeMail()
    {
        var taken = new List<int>();
        Do(At.SetBusy, MailboxModel.Dispatcher);
        Do(At.TakeList, MailboxModel.Dispatcher);
        for (var node = _state.Backlog; node != 0; node = _state.Nodes[node - 1].Next)
        {
            taken.Add(_state.Nodes[node - 1].Message - 1);
        }

        taken.ForEach(number => (_state.Nodes[number], _queued[number]) = (default, null));
        _state.Backlog = 0;
        return taken;
    }

    At Do(At step, int thread = 0)
    {
        _state.Threads[thread] = new ModelThread { At = step };
        _model.Step(ref _state, thread);
        return End(thread);
    }

    /// <summary>Forgets the thread, and what the model has counted.</summary>
    At End(int thread)
    {
        var at = _state.Threads[thread].At;
        _state.Threads[thread] = default;
        _state.Run = default;
        _state.Scheduled = 0;
        return at;
    }

    public sealed class Node(int number) : MessageNode
    {
        public int Number { get; } = number;

        public override void Deliver(Actor actor) => throw new InvalidOperationException();
    }
}
