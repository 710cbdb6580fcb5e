using ActorPool.Actors;
using ActorPool.TestKit;

namespace ActorPool.Tests.Actors;

/// <summary>Keyed timers and the queue behind them.</summary>
public sealed class TimerTests
{
    readonly VirtualRuntime _world = new();

    [Fact]
    public void Timers_fire_in_the_order_in_which_they_are_due_and_then_in_which_they_were_set()
    {
        var fired = new List<int>();
        var actor = Timed((1, 30), (2, 10), (3, 20), (4, 10), fired: fired);
        actor.Tell(default);

        _world.Advance(TimeSpan.FromMilliseconds(9));
        Assert.Empty(fired);
        _world.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([2, 4], fired);
        _world.Advance(TimeSpan.FromMilliseconds(20));

        Assert.Equal([2, 4, 3, 1], fired);
        Assert.Equal(0, _world.Runtime.System.Timers.Count);
    }

    [Fact]
    public void Setting_a_timer_with_a_key_in_use_replaces_it()
    {
        var fired = new List<int>();
        var actor = new Probe(_world.Runtime.System, (Probe self, in Note note) =>
        {
            if (note.From == 1)
            {
                fired.Add(note.Number);
                return;
            }

            self.SetTimer(5, 10, new Note(1, 1));
            Assert.Equal(10, self.DueMs(5));
            self.SetTimer(5, 20, new Note(1, 2));
            Assert.Equal(20, self.DueMs(5));
            Assert.Equal(long.MaxValue, self.DueMs(6));
        });
        actor.Tell(default);

        _world.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal([2], fired);
    }

    [Fact]
    public void A_timer_that_was_cancelled_after_it_fired_does_not_reach_its_actor()
    {
        var fired = 0;
        var actor = new Probe(_world.Runtime.System, (Probe self, in Note note) =>
        {
            switch (note.Number)
            {
                case 0:
                    self.SetTimer(1, 10, new Note(0, 9));
                    break;
                case 1:
                    self.UnsetTimer(1);
                    break;
                default:
                    fired++;
                    break;
            }
        });
        actor.Tell(default);

        // Fired: its message is in the mailbox, behind one that cancels it.
        actor.Post(new Note(0, 1));
        _world.Time.Advance(TimeSpan.FromMilliseconds(10));
        _world.Run();

        Assert.Equal(0, fired);
    }

    [Theory]
    [InlineData(11UL)]
    [InlineData(12UL)]
    public void The_queue_agrees_with_a_sorted_list_whatever_is_added_and_removed(ulong seed)
    {
        var random = new SeededRandom(seed);
        var time = new VirtualTime();
        using var queue = new TimerQueue(new Clock(time));
        var fired = new List<int>();
        var expected = new List<(long Due, int Id, Entry Entry)>();
        for (var id = 0; id < 2_000; id++)
        {
            if (expected.Count > 0 && random.Next(3) == 0)
            {
                var victim = expected[random.Next(expected.Count)];
                expected.Remove(victim);
                Assert.True(queue.Remove(victim.Entry), $"seed {seed}");
                Assert.False(queue.Remove(victim.Entry), $"seed {seed}");
            }

            var entry = new Entry(id, fired);
            var due = random.Next(500);
            queue.Add(entry, due);
            expected.Add((due, id, entry));
        }

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(expected.OrderBy(entry => entry.Due).ThenBy(entry => entry.Id).Select(entry => entry.Id), fired);
    }

    Probe Timed((int Key, int DelayMs) a, (int Key, int DelayMs) b, (int Key, int DelayMs) c, (int Key, int DelayMs) d, List<int> fired) =>
        new(_world.Runtime.System, (Probe self, in Note note) =>
        {
            if (note.Number > 0)
            {
                fired.Add(note.Number);
                return;
            }

            foreach (var (key, delayMs) in new[] { a, b, c, d })
            {
                self.SetTimer(key, delayMs, new Note(0, key));
            }
        });

    sealed class Entry(int id, List<int> fired) : ITimed
    {
        public TimerDue Due { get; set; }

        public int HeapIndex { get; set; } = -1;

        public void Fire() => fired.Add(id);
    }
}
