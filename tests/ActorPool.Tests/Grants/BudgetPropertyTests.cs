using ActorPool.TestKit;

namespace ActorPool.Tests.Grants;

/// <summary>Budgets through random lives: whoever comes, goes, wants and returns, and however the cap moves.</summary>
public sealed class BudgetPropertyTests
{
    [Fact]
    public void Whatever_happens_a_budget_keeps_its_promises()
    {
        for (var seed = 1UL; seed <= 100; seed++)
        {
            new Life(seed).Live(steps: 200);
        }
    }

    sealed class Life(ulong seed)
    {
        readonly VirtualRuntime _world = new(seed);
        readonly SeededRandom _random = new(seed);
        readonly List<ScriptedMember> _members = [];
        ConnectionBudget _budget = null!;
        int _max;
        int _step;

        int Held => _members.Sum(member => member.Held);

        public void Live(int steps)
        {
            _max = _random.Next(20) + 1;
            _budget = new ConnectionBudget(_max, _world.Runtime);
            for (_step = 0; _step < steps; _step++)
            {
                Do();
                if (_random.Next(3) > 0)
                {
                    _world.Advance(TimeSpan.FromMilliseconds(_random.Next(300)));
                    CheckGrants();
                }
            }

            // Those who give back all they are asked for come to their fair shares.
            _members.ForEach(member => member.Busy = 0);
            _world.Advance(TimeSpan.FromSeconds(3));
            CheckGrants();
            CheckFairness();
            _members.ForEach(member => member.Share.Dispose());
            _world.Advance(TimeSpan.FromMinutes(1));
            Check(_budget.Snapshot() is { Granted: 0, Members.Count: 0 }, "grants are left");
            Check(_world.Time.NextTimerIn is null, "a timer is left");
        }

        void Do()
        {
            if (_members.Count == 0 || (_members.Count < 8 && _random.Next(8) == 0))
            {
                _members.Add(new ScriptedMember(_budget, $"pool {_step}") { OnGranted = _ => CheckCap() });
                return;
            }

            var member = _members[_random.Next(_members.Count)];
            switch (_random.Next(8))
            {
                case 0 when _random.Next(3) == 0:
                    _members.Remove(member);
                    member.Share.Dispose();
                    break;
                case 1 when _random.Next(3) == 0:
                    _max = _random.Next(20) + 1;
                    _budget.Resize(_max);
                    break;
                case 2 or 3 when member.Held > 0:
                    member.Busy = 0;
                    member.Return(_random.Next(member.Held) + 1);
                    break;
                case 4:
                    member.Busy = _random.Next(member.Held + 1);
                    break;
                default:
                    member.Want(_random.Next(15));
                    break;
            }
        }

        /// <summary>At the very moment of a grant, those included that are on their way to others.</summary>
        void CheckCap() => Check(Held <= _max && _budget.Snapshot().Granted <= _max, $"{Held} of {_max} are granted");

        void CheckGrants()
        {
            var snapshot = _budget.Snapshot();
            Check(snapshot.Granted == Held && snapshot.Max == _max, $"{snapshot}, but {Held} of {_max} are held");
            Check(Held >= _max || _members.TrueForAll(member => member.Held >= member.Wanted), "a wanted grant was not given");
        }

        void CheckFairness()
        {
            Check(Held <= _max, $"{Held} of {_max} are held");
            var most = _members.Max(member => member.Held);
            Check(
                _members.TrueForAll(member => member.Held >= Math.Min(member.Wanted, most - 1)),
                $"unfair: {string.Join(", ", _members.Select(member => $"{member.Held} of {member.Wanted}"))}");
        }

        void Check(bool condition, string broken) => Assert.True(condition, $"seed {seed}, step {_step}: {broken}");
    }
}
