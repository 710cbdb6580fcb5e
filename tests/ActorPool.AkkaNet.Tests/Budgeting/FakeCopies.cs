using ActorPool.AkkaNet.Budgeting;
using ActorPool.Budgets;

namespace ActorPool.AkkaNet.Tests.Budgeting;

/// <summary>Copies without a network: what one is sent it does when it is told to, or never. Several keepers see the same ones.</summary>
sealed class FakeCopies(int count, int quorum)
{
    readonly KeeperMark[] _follows = [.. Enumerable.Repeat(KeeperMark.None, count)];
    readonly Dictionary<string, BudgetRecords>[] _kept = [.. Enumerable.Range(0, count).Select(static _ => new Dictionary<string, BudgetRecords>(StringComparer.Ordinal))];
    readonly List<Sent> _underway = [];
    readonly List<Question> _questions = [];

    /// <summary>How many keepers wait for answers.</summary>
    public int Unanswered => _questions.Count;

    /// <summary>How many messages are on their way.</summary>
    public int Underway => _underway.Count;

    /// <summary>What a keeper uses. It asks only those.</summary>
    public ICopies SeenBy(params int[] reachable) => new View(this, reachable);

    /// <summary>All that is on its way arrives, in the order in which it was sent.</summary>
    public void Deliver()
    {
        while (_underway.Count > 0)
        {
            Deliver(0);
        }
    }

    /// <summary>One message arrives, and is answered.</summary>
    public void Deliver(int which)
    {
        var sent = _underway[which];
        _underway.RemoveAt(which);
        if (sent.Question.Add(Carry(sent.Copy, sent.Question.Request), quorum))
        {
            _questions.Remove(sent.Question);
            sent.Question.Answer();
        }
    }

    /// <summary>One who waits is told that nobody has answered in time. What it has sent may arrive all the same.</summary>
    public void TimeOut(int which)
    {
        var question = _questions[which];
        _questions.RemoveAt(which);
        question.TimedOut();
    }

    /// <summary>It does not arrive.</summary>
    public void Lose(int which) => _underway.RemoveAt(which);

    CopyAnswer Carry(int copy, CopyRequest request)
    {
        if (request.Keeper is { } mark)
        {
            _follows[copy] = mark.Merge(_follows[copy]);
        }

        if (request.Store is { } records)
        {
            _kept[copy][records.Budget] = _kept[copy].TryGetValue(records.Budget, out var kept) ? kept.Merge(records) : records;
        }

        return new CopyAnswer(_follows[copy], request.Load is { } budget ? _kept[copy].GetValueOrDefault(budget) : null);
    }

    sealed record Sent(int Copy, Question Question);

    sealed class Question(CopyRequest request)
    {
        readonly TaskCompletionSource<IReadOnlyList<CopyAnswer>> _done = new();
        readonly List<CopyAnswer> _answers = [];

        public CopyRequest Request => request;

        public Task<IReadOnlyList<CopyAnswer>> Done => _done.Task;

        /// <returns>Whether there are enough now.</returns>
        public bool Add(CopyAnswer answer, int quorum)
        {
            _answers.Add(answer);
            return _answers.Count == quorum;
        }

        public void Answer() => AtOnce(() => _done.TrySetResult([.. _answers]));

        public void TimedOut() => AtOnce(() => _done.TrySetException(new GrantStoreException("nobody has answered in time")));

        /// <summary>Who waits goes on in this thread, before this returns: the test's own context would have it go on elsewhere.</summary>
        static void AtOnce(Action end)
        {
            var context = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            end();
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    sealed class View(FakeCopies all, int[] reachable) : ICopies
    {
        public int PackedMax { get; } = 2_000;

        public void Check()
        {
        }

        public Task<IReadOnlyList<CopyAnswer>> AskAsync(CopyRequest request)
        {
            var question = new Question(request);
            all._questions.Add(question);
            all._underway.AddRange(reachable.Select(copy => new Sent(copy, question)));
            return question.Done;
        }
    }
}
