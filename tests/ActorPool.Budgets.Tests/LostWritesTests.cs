namespace ActorPool.Budgets.Tests;

/// <summary>An engine forgets who has what.</summary>
public sealed class LostWritesTests : ClusterTest
{
    readonly ForgetfulStore _engine;

    public LostWritesTests()
        : this(new ForgetfulStore())
    {
    }

    LostWritesTests(ForgetfulStore engine)
        : base(engine) => _engine = engine;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_an_engine_gives_before_anybody_knows_that_it_has_forgotten_who_had_it_is_not_used(bool isAnswerLost)
    {
        var (one, other) = (Found("a"), Join("b"));
        var acquires = Acquire(one, 4);
        World.RunUntil(() => Got(acquires) == 4, Seconds(2));
        var before = _engine.State;
        acquires.AddRange(Acquire(other, 6));
        World.RunUntil(() => Got(acquires) == 10, Seconds(2));

        _engine.GoBackTo(before);
        one.Store.LosesAnswers = isAnswerLost;
        acquires.AddRange(Acquire(one, 3));
        World.RunUntil(() => _engine.Written.Any(static value => value.Contains("\"held\":7", StringComparison.Ordinal)), Seconds(1));
        one.Store.LosesAnswers = false;

        for (var i = 0; i < 900; i++)
        {
            World.Advance(Seconds(0.1));
            Assert.InRange(Size, 0, 10);
        }

        Assert.Equal((10, 4, 6), (Got(acquires), one.View.Held, other.View.Held));
        Assert.Equal((false, 0), (one.View.IsReconciling, one.View.Free));
    }

    [Fact]
    public void What_a_node_has_read_that_it_holds_it_asserts_though_the_answer_that_gave_it_was_lost()
    {
        var (one, other) = (Found("a"), Join("b"));
        one.Store.LosesAnswersTo = static transaction => transaction.Writes.Any(static write => write.Value!.Contains("\"held\":1", StringComparison.Ordinal));
        var ones = Acquire(one, 1);
        World.RunUntil(() => Got(ones) == 1, Seconds(1));

        Assert.Contains("\"held\":1", _engine.Written[^1], StringComparison.Ordinal);
        _engine.GoBackTo(_engine.Previous);
        one.Store.LosesAnswersTo = null;
        var others = Acquire(other, 10);
        for (var i = 0; i < 900; i++)
        {
            World.Advance(Seconds(0.1));
            Assert.InRange(Size, 0, 10);
            Assert.Equal(1, one.View.Held);
        }

        Assert.Equal(9, Got(others));
    }
}
