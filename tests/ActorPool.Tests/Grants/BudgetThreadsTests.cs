using System.Threading.Channels;

namespace ActorPool.Tests.Grants;

/// <summary>A budget whose members speak to it from many threads at once.</summary>
[Collection(RealThreads.Name)]
public sealed class BudgetThreadsTests
{
    const int Max = 7;

    [Fact]
    public async Task The_cap_holds_and_nobody_waits_in_vain()
    {
        var budget = new ConnectionBudget(Max);
        var held = new Held();
        Task[] members = [.. Enumerable.Range(0, 6).Select(number => Task.Run(() => new Member(budget, held, $"pool {number}").RunAsync(grants: 300)))];

        await Task.WhenAll(members).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.InRange(held.Most, 1, Max);
        Assert.Equal((0, 0), (budget.Snapshot().Granted, budget.Snapshot().Members.Count));
    }

    sealed class Held
    {
        int _now;
        int _most;

        public int Most => _most;

        public void Add(int count)
        {
            var now = Interlocked.Add(ref _now, count);
            for (var most = _most; now > most; most = _most)
            {
                Interlocked.CompareExchange(ref _most, now, most);
            }
        }
    }

    /// <summary>Wants two at a time, and returns each at once.</summary>
    sealed class Member : IBudgetMember
    {
        readonly Channel<bool> _grants = Channel.CreateUnbounded<bool>();
        readonly Lock _lock = new();
        readonly IBudgetShare _share;
        readonly Held _held;
        bool _isLeaving;

        public Member(ConnectionBudget budget, Held held, string name)
        {
            _held = held;
            _share = budget.Join(name, this);
        }

        public async Task RunAsync(int grants)
        {
            _share.Want(2);
            for (var taken = 0; taken < grants; taken++)
            {
                await _grants.Reader.ReadAsync();
                _held.Add(-1);
                _share.Return(1);
            }

            _share.Want(0);
            lock (_lock)
            {
                _isLeaving = true;
                while (_grants.Reader.TryRead(out _))
                {
                    _held.Add(-1);
                }
            }

            _share.Dispose();
        }

        public void Granted(int count)
        {
            lock (_lock)
            {
                for (; count > 0 && !_isLeaving; count--)
                {
                    _held.Add(1);
                    Assert.True(_grants.Writer.TryWrite(true));
                }
            }
        }

        public void GiveBack(int count)
        {
        }

        public void Recall(int total, EvictMode mode)
        {
        }
    }
}
