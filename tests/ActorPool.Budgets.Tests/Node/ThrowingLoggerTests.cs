using ActorPool.TestKit;
using Microsoft.Extensions.Logging;

namespace ActorPool.Budgets.Tests.Node;

/// <summary>A log that cannot be written.</summary>
public sealed class ThrowingLoggerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_node_joins_and_lives_on_though_whatever_it_logs_throws(bool throwsWhenAsked)
    {
        using var logger = new ThrowingLogger(throwsWhenAsked);
        var world = new VirtualRuntime(loggerFactory: logger);
        var node = new TestNode(world, new InMemoryGrantStore(), "a", configure: null, fence: null);
        world.RunUntil(() => node.View is { IsReconciling: false, Free: not null });
        node.Store.IsCut = true;
        world.RunUntil(() => node.View.State == ClusterBudgetState.CutOff, TimeSpan.FromSeconds(12));
        node.Store.IsCut = false;
        world.RunUntil(() => node.View.State == ClusterBudgetState.Active, TimeSpan.FromSeconds(5));
        Assert.True(logger.Thrown > 3);
    }

    /// <summary>Throws for the budget only: the pools' logs are not what is tried here.</summary>
    sealed class ThrowingLogger(bool throwsWhenAsked) : ILoggerFactory, ILogger
    {
        public int Thrown { get; private set; }

        public ILogger CreateLogger(string categoryName) =>
            categoryName.EndsWith(nameof(ClusterBudget), StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public bool IsEnabled(LogLevel logLevel) => throwsWhenAsked ? throw Error() : true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => throw Error();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        InvalidOperationException Error()
        {
            Thrown++;
            return new InvalidOperationException("The disk is full.");
        }
    }
}
