using ActorPool.Actors;
using ActorPool.Endpoints;
using ActorPool.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace ActorPool.Tests.Endpoints;

/// <summary>The waiters' queue against a plain list.</summary>
public sealed class WaiterQueueTests : VirtualPoolTest
{
    [Fact]
    public void It_does_what_a_list_does()
    {
        var supervisor = Create().Supervisor;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), choices => Live(supervisor, choices)));
    }

    [Fact]
    public void Nobody_queues_twice_or_leaves_twice()
    {
        var queue = new WaiterQueue();
        var waiter = New(Create().Supervisor);
        queue.AddLast(waiter);

        Assert.Throws<InvariantException>(() => queue.AddLast(waiter));
        Assert.Throws<InvariantException>(() => queue.AddFirst(waiter));
        Assert.Same(waiter, queue.TakeFirst());
        Assert.Throws<InvariantException>(() => queue.Remove(waiter));
        Assert.Null(queue.TakeFirst());
        Assert.Equal(0, queue.Count);
    }

    static void Live(EndpointSupervisor supervisor, byte[] choices)
    {
        var queue = new WaiterQueue();
        var list = new List<Waiter>();
        foreach (var choice in choices)
        {
            switch (choice % 5)
            {
                case 0 or 1:
                    list.Add(New(supervisor));
                    queue.AddLast(list[^1]);
                    break;
                case 2:
                    list.Insert(0, New(supervisor));
                    queue.AddFirst(list[0]);
                    break;
                case 3:
                    Assert.Same(list.FirstOrDefault(), queue.TakeFirst());
                    list = [.. list.Skip(1)];
                    break;
                default:
                    if (list.Count > 0)
                    {
                        var leaving = list[choice / 5 % list.Count];
                        list.Remove(leaving);
                        queue.Remove(leaving);
                        Assert.False(leaving.IsQueued);
                    }

                    break;
            }

            Assert.Equal(list, All(queue));
            Assert.Equal(list.Count, queue.Count);
            Assert.All(list, waiter => Assert.True(waiter.IsQueued));
        }
    }

    static List<Waiter> All(WaiterQueue queue)
    {
        var all = new List<Waiter>();
        for (var waiter = queue.First; waiter is not null; waiter = waiter.Next)
        {
            Assert.Same(all.LastOrDefault(), waiter.Previous);
            all.Add(waiter);
        }

        return all;
    }

    static LeaseWaiter<ScriptedConnection> New(EndpointSupervisor supervisor) => new(supervisor);
}
