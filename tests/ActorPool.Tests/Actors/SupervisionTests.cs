using ActorPool.Actors;
using ActorPool.TestKit;

namespace ActorPool.Tests.Actors;

/// <summary>Parents, children, and what becomes of those whose turn threw.</summary>
public sealed class SupervisionTests
{
    readonly VirtualRuntime _world = new();
    readonly List<string> _log = [];

    ActorSystem System => _world.Runtime.System;

    [Fact]
    public void A_turn_that_throws_restarts_the_actor_and_its_sender_never_sees_it()
    {
        var actor = Failing(number => number == 1);
        actor.OnRestart = error => _log.Add($"restart: {error.Message}");

        actor.Tell(new Note(0, 1));
        actor.Tell(new Note(0, 2));
        _world.Run();

        Assert.Equal(["restart: 1", "got 2"], _log);
    }

    [Fact]
    public void An_actor_that_goes_on_failing_restarts_later_and_later_and_keeps_its_mail()
    {
        var failures = 0;
        var actor = Failing(_ => failures++ < 3);
        var restarts = new List<double>();
        actor.OnRestart = _ => restarts.Add(_world.Time.Elapsed.TotalMilliseconds);
        for (var number = 1; number <= 5; number++)
        {
            actor.Tell(new Note(0, number));
        }

        _world.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([0, 100, 300], restarts);
        Assert.Equal(["got 4", "got 5"], _log);
    }

    [Fact]
    public void A_parent_may_stop_a_child_that_fails()
    {
        var parent = Parent();
        parent.OnChildFailed = (_, _) => SupervisorDirective.Stop;
        var child = Failing(_ => true);
        child.OnStopped = () => _log.Add("stopped");
        parent.OnChildGone = gone => _log.Add(ReferenceEquals(gone, child) ? "gone" : "another");
        parent.Adopt(child);

        child.Tell(default);
        child.Tell(default);
        _world.Run();

        Assert.Equal(["stopped", "gone"], _log);
    }

    [Fact]
    public void A_failure_may_escalate_to_the_parents_parent()
    {
        var grandparent = Parent();
        grandparent.OnChildFailed = (_, error) =>
        {
            _log.Add($"escalated: {error.Message}");
            return SupervisorDirective.Restart;
        };
        var parent = Parent();
        parent.OnChildFailed = (_, _) => SupervisorDirective.Escalate;
        parent.OnRestart = _ => _log.Add("parent restarted");
        var child = Failing(_ => true);
        child.OnStopped = () => _log.Add("child stopped");
        grandparent.Adopt(parent);
        parent.Adopt(child);

        child.Tell(new Note(0, 7));
        _world.Run();

        Assert.Equal(["child stopped", "escalated: 7", "parent restarted"], _log.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_actor_stops_after_its_children()
    {
        var parent = new Probe(System, (Probe self, in Note _) => self.Stop());
        parent.OnStopped = () => _log.Add("parent");
        foreach (var name in new[] { "first", "second" })
        {
            var child = Parent();
            child.OnStopped = () => _log.Add(name);
            parent.Adopt(child);
        }

        parent.Tell(default);
        _world.Run();

        Assert.Equal(3, _log.Count);
        Assert.Equal("parent", _log[^1]);
    }

    [Fact]
    public void A_watcher_is_told_when_the_watched_stops_and_at_once_if_it_has_already()
    {
        var watched = new Probe(System, (Probe self, in Note _) => self.Stop());
        var early = new Probe(System, (Probe self, in Note _) => self.Watch(watched)) { OnWatchedStopped = _ => _log.Add("early") };
        var late = new Probe(System, (Probe self, in Note _) => self.Watch(watched)) { OnWatchedStopped = _ => _log.Add("late") };

        early.Tell(default);
        watched.Tell(default);
        _world.Run();
        Assert.Equal(["early"], _log);
        late.Tell(default);
        _world.Run();

        Assert.Equal(["early", "late"], _log);
    }

    [Fact]
    public void A_message_to_a_stopped_actor_is_a_dead_letter()
    {
        var letters = new List<object>();
        using var subscription = System.Events.Subscribe(letters.Add);
        var actor = new Probe(System, (Probe self, in Note _) => self.Stop());
        actor.Tell(default);

        actor.Tell(new Note(1, 2));
        _world.Run();

        Assert.Equal("probe", Assert.IsType<DeadLetter>(Assert.Single(letters)).Receiver);
    }

    [Fact]
    public void What_a_turn_caused_before_it_threw_still_takes_effect()
    {
        var receiver = new Probe(System, (Probe _, in Note note) => _log.Add($"got {note.Number}"));
        var sender = new Probe(System, (Probe self, in Note note) =>
        {
            self.SendTo(receiver, note);
            throw new InvalidOperationException();
        });

        sender.Tell(new Note(0, 1));
        _world.Run();

        Assert.Equal(["got 1"], _log);
    }

    Probe Parent() => new(System, (Probe _, in Note _) => { });

    Probe Failing(Func<int, bool> fails) => new(System, (Probe _, in Note note) =>
    {
        if (fails(note.Number))
        {
            throw new InvalidOperationException($"{note.Number}");
        }

        _log.Add($"got {note.Number}");
    });
}
