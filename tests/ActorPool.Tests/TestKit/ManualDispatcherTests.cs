using ActorPool.TestKit;

namespace ActorPool.Tests.TestKit;

/// <summary>Work that waits for the test.</summary>
public sealed class ManualDispatcherTests
{
    readonly ManualDispatcher _dispatcher = new();
    readonly List<int> _ran = [];

    [Fact]
    public void Work_runs_in_order_of_arrival_and_what_it_adds_comes_last()
    {
        _dispatcher.Execute(new Work(() =>
        {
            _ran.Add(1);
            _dispatcher.Execute(new Work(() => _ran.Add(3)));
        }));
        _dispatcher.Execute(new Work(() => _ran.Add(2)));
        Assert.Empty(_ran);

        _dispatcher.RunAll();

        Assert.Equal([1, 2, 3], _ran);
        Assert.False(_dispatcher.RunOne());
    }

    [Fact]
    public void Work_that_starts_itself_again_and_again_is_found_out()
    {
        var count = 0;
        void Again()
        {
            count++;
            _dispatcher.Execute(new Work(Again));
        }

        Again();
        var error = Assert.Throws<ExpectationException>(_dispatcher.RunAll);

        Assert.Contains("1 more are ready: something starts itself again and again", error.Message, StringComparison.Ordinal);
        Assert.InRange(count, 1_000_000, 1_000_010);
    }

    sealed class Work(Action run) : IThreadPoolWorkItem
    {
        public void Execute() => run();
    }
}
