using ActorPool.Benchmarks.Candidates;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Measuring;

/// <summary>A question: what the workers do with a pool, who takes part, and what the answer has to be.</summary>
abstract class Scenario
{
    /// <summary>Its short name, such as <c>a</c>.</summary>
    public abstract string Key { get; }

    /// <summary>The question in one line.</summary>
    public abstract string Title { get; }

    /// <summary>How many tasks share the pool.</summary>
    public abstract int Tasks { get; }

    /// <summary>How many connections they share.</summary>
    public virtual int PoolSize => 8;

    /// <summary>The columns that mean something here.</summary>
    public virtual Columns Columns => Columns.None;

    /// <summary>With whom everybody is compared.</summary>
    public virtual IReadOnlyList<string> References => [Names.Channel, Names.Semaphore];

    /// <summary>How many times the usual length its slices last.</summary>
    public virtual int Length => 1;

    /// <summary>Who takes part.</summary>
    public abstract IReadOnlyList<Contender> Contenders(Field field);

    /// <summary>One worker: leases and gives back until its slice is over.</summary>
    public abstract Task WorkAsync<TPool, TLease>(TPool pool, Worker worker)
        where TPool : struct, ICandidate<TLease>;

    /// <summary>What the answer has to be, and whether it is.</summary>
    public abstract IEnumerable<Target> Judge(ScenarioResult result);
}
