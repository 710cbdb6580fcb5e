using System.Net.Sockets;
using ActorPool.TestKit;

namespace ActorPool.Tests;

/// <summary>Rules over types of errors.</summary>
public sealed class FaultRulesTests : VirtualPoolTest
{
    [Fact]
    public void Any_of_takes_the_types_their_subclasses_and_what_they_have_caused()
    {
        var rule = FaultRules.AnyOf(typeof(IOException), typeof(SocketException));

        Assert.True(rule(new IOException()));
        Assert.True(rule(new EndOfStreamException()));
        Assert.True(rule(new InvalidOperationException("no", new FormatException("no", new SocketException()))));
        Assert.True(rule(new AggregateException(new FormatException(), new FormatException("no", new IOException()))));
        Assert.False(rule(new FormatException("no", new InvalidOperationException())));
        Assert.False(rule(new AggregateException()));
    }

    [Fact]
    public void None_of_lets_the_types_and_their_subclasses_off_and_nothing_inside_others()
    {
        var rule = FaultRules.NoneOf(typeof(NotSupportedException), typeof(FormatException));

        Assert.False(rule(new NotSupportedException()));
        Assert.False(rule(new PlatformNotSupportedException()));
        Assert.False(rule(new FormatException("no", new IOException())));
        Assert.True(rule(new IOException()));
        Assert.True(rule(new InvalidOperationException("no", new FormatException())));
    }

    [Fact]
    public void The_generic_forms_say_the_same()
    {
        Assert.True(FaultRules.AnyOf<IOException>()(new EndOfStreamException()));
        Assert.True(FaultRules.AnyOf<FormatException, IOException>()(new EndOfStreamException()));
        Assert.False(FaultRules.AnyOf<FormatException, IOException>()(new TimeoutException()));
        Assert.False(FaultRules.NoneOf<IOException>()(new EndOfStreamException()));
        Assert.False(FaultRules.NoneOf<FormatException, IOException>()(new EndOfStreamException()));
        Assert.True(FaultRules.NoneOf<FormatException, IOException>()(new TimeoutException()));
    }

    [Fact]
    public void Types_that_are_no_exceptions_are_refused_by_name()
    {
        const string message = "No exceptions: System.String, null. A rule is made of types that are derived from Exception. (Parameter 'types')";

        Assert.Equal(message, Assert.Throws<ArgumentException>(() => FaultRules.AnyOf(typeof(string), typeof(IOException), null!)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => FaultRules.NoneOf(typeof(string), null!)).Message);
        Assert.Throws<ArgumentException>(() => FaultRules.AnyOf());
        Assert.Throws<ArgumentException>(() => FaultRules.NoneOf());
        Assert.Throws<ArgumentNullException>(() => FaultRules.AnyOf(null!));
    }

    [Fact]
    public void A_rule_keeps_to_the_types_it_was_made_with()
    {
        Type[] types = [typeof(IOException)];
        var rule = FaultRules.AnyOf(types);

        types[0] = typeof(FormatException);

        Assert.True(rule(new IOException()));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void A_connector_that_is_given_a_rule_keeps_connections_by_it(bool isFault, int kept)
    {
        var connector = ActorPool.Connector.Create(
            static (context, _) => ValueTask.FromResult(new ScriptedConnection(context.ConnectionId)),
            isFault: FaultRules.NoneOf<FormatException>());
        var pool = ConnectionPool.Create(connector, new PoolOptions { LifetimeJitter = 0 }, World.Runtime);

        var use = pool.UseAsync((_, _) => throw (isFault ? new IOException() : new FormatException())).AsTask();
        World.Run();

        Assert.True(use.IsFaulted);
        Assert.Equal(kept, pool.Snapshot().Idle);
        _ = pool.DrainAsync(TimeSpan.Zero);
        World.Advance(Seconds(60));
    }
}
