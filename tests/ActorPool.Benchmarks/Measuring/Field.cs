using ActorPool.Benchmarks.Candidates;
using Npgsql;

namespace ActorPool.Benchmarks.Measuring;

/// <summary>Who can take part on this machine.</summary>
/// <param name="postgres">Where Npgsql's pool can connect to; null if nowhere.</param>
sealed class Field(string? postgres)
{
    public static Contender ActorPool() =>
        new Contender<ActorPoolCandidate, Lease<IdleConnection>>(Names.ActorPool, ActorPoolCandidate.OpenAsync);

    public static Contender Ask() =>
        new Contender<AskCandidate, LeaseReply<IdleConnection>>(Names.Ask, AskCandidate.OpenAsync);

    public static Contender Channel() =>
        new Contender<ChannelCandidate, IdleConnection>(Names.Channel, ChannelCandidate.OpenAsync);

    public static Contender TimedChannel() =>
        new Contender<TimedChannelCandidate, IdleConnection>($"{Names.Channel} with timeout", TimedChannelCandidate.OpenAsync);

    public static Contender Semaphore() =>
        new Contender<SemaphoreCandidate, IdleConnection>(Names.Semaphore, SemaphoreCandidate.OpenAsync);

    public static Contender TimedSemaphore() =>
        new Contender<TimedSemaphoreCandidate, IdleConnection>($"{Names.Semaphore} with timeout", TimedSemaphoreCandidate.OpenAsync);

    public static Contender ObjectPool() =>
        new Contender<ObjectPoolCandidate, IdleConnection>(Names.ObjectPool, ObjectPoolCandidate.OpenAsync);

    public static Contender NoPool() =>
        new Contender<NoPoolCandidate, IdleConnection>(Names.NoPool, NoPoolCandidate.OpenAsync);

    /// <summary>Npgsql's pool, or nobody.</summary>
    public IEnumerable<Contender> Npgsql() => postgres is null
        ? []
        : [new Contender<NpgsqlCandidate, NpgsqlConnection>("Npgsql", size => NpgsqlCandidate.OpenAsync(postgres, size))];
}
