using System.Globalization;
using ActorPool.AkkaNet.Budgeting;
using ActorPool.Budgets;

namespace ActorPool.AkkaNet.Tests.Budgeting;

/// <summary>One run of keepers on copies without a network; every choice is the seed's.</summary>
sealed class KeeperTrial(int count, int quorum, int seed)
{
    const int Steps = 400;
    const string Budget = "orders";

    readonly Random _random = new(seed);
    readonly FakeCopies _copies = new(count, quorum);
    readonly List<Life> _keepers = [];
    readonly Dictionary<long, string> _given = [];
    KeeperMark _latest = KeeperMark.None;
    long _acknowledged;
    int _made;

    /// <returns>How many changes were acknowledged.</returns>
    public async Task<int> RunAsync()
    {
        for (var step = 0; step < Steps; step++)
        {
            Act();
            foreach (var keeper in _keepers.ToArray())
            {
                if (keeper.Doing.IsCompleted)
                {
                    await EndAsync(keeper);
                }
            }
        }

        return _given.Count;
    }

    void Act()
    {
        var (choice, underway) = (_random.Next(100), _copies.Underway);
        if (_keepers.Count == 0 || (choice < 3 && _keepers.Count < 3))
        {
            var keeper = new RecordKeeper(string.Create(CultureInfo.InvariantCulture, $"{(char)('a' + _random.Next(26))}{_made++}"), _copies.SeenBy([.. Enumerable.Range(0, count)]));
            _keepers.Add(new Life(keeper, TakeOverAsync(keeper)));
        }
        else if ((underway == 0 || choice > 97) && _copies.Unanswered > 0)
        {
            _copies.TimeOut(_random.Next(_copies.Unanswered));
        }
        else if (underway == 0)
        {
            // All of them are done, and go on in a moment.
        }
        else if (choice > 92)
        {
            _copies.Lose(_random.Next(underway));
        }
        else
        {
            // Half of the time the oldest, or nothing would ever get done.
            _copies.Deliver(_random.Next(2) == 0 ? 0 : _random.Next(underway));
        }
    }

    async Task EndAsync(Life life)
    {
        _keepers.Remove(life);
        try
        {
            if (await life.Doing is { } reply)
            {
                Acknowledged(life.Keeper, life.Written, reply);
            }
        }
        catch (SupersededException)
        {
            return;
        }
        catch (GrantStoreException) when (!life.HasTakenOver)
        {
            return;
        }
        catch (GrantStoreException)
        {
            // Nobody knows what has become of it.
        }

        // It goes on with what it knows, or with another write on top.
        _keepers.Add(Next(life.Keeper));
    }

    Life Next(RecordKeeper keeper)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{_random.Next()}");
        return new Life(keeper, WriteAsync(keeper, text)) { HasTakenOver = true, Written = text };
    }

    // Everything goes on in the one thread that delivers, not in the test's context, which has others.
    static async Task<GrantReply?> TakeOverAsync(RecordKeeper keeper)
    {
        await keeper.TakeOverAsync().ConfigureAwait(false);
        return null;
    }

    static async Task<GrantReply?> WriteAsync(RecordKeeper keeper, string text)
    {
        var seen = (await keeper.CommitAsync([new GrantTransaction { Budget = Budget, Read = ["count"] }]).ConfigureAwait(false))[0];
        var (number, version) = seen.Records is [var record] ? (long.Parse(record.Value.Split(' ')[0], CultureInfo.InvariantCulture), record.Version) : (0, 0);
        return (await keeper.CommitAsync(
        [
            new GrantTransaction
            {
                Budget = Budget,
                Expected = [new("count", version)],
                Writes = [new("count", string.Create(CultureInfo.InvariantCulture, $"{number + 1} {text}"))],
                Read = ["count"],
            },
        ]).ConfigureAwait(false))[0];
    }

    void Acknowledged(RecordKeeper keeper, string text, GrantReply reply)
    {
        Check(reply.IsCommitted, "the only writer of its life was refused");
        Check(!_latest.IsAbove(keeper.Mark), $"{keeper.Mark} has acknowledged something after {_latest}");
        _latest = keeper.Mark;
        var number = long.Parse(reply.Records[0].Value.Split(' ')[0], CultureInfo.InvariantCulture);
        Check(number > _acknowledged, $"{number} was acknowledged after {_acknowledged}: what was acknowledged is lost");
        _acknowledged = number;
        Check(_given.TryAdd(reply.Version, text), $"version {reply.Version} was given twice");
    }

    void Check(bool isSo, string broken) => Assert.True(isSo, $"seed {seed}, {count} copies: {broken}");

    sealed record Life(RecordKeeper Keeper, Task<GrantReply?> Doing)
    {
        public bool HasTakenOver { get; init; }

        public string Written { get; init; } = "";
    }
}
