namespace ActorPool.Benchmarks.Candidates;

/// <summary>
/// No pool at all: what the scenario's own loop costs, its yields and its work. Its bytes are subtracted from the
/// others'.
/// </summary>
readonly struct NoPoolCandidate : ICandidate<IdleConnection>
{
    readonly IdleConnection _connection;

    NoPoolCandidate(IdleConnection connection) => _connection = connection;

    public static ValueTask<NoPoolCandidate> OpenAsync(int size) => new(new NoPoolCandidate(IdleConnection.Many(size)[0]));

    public ValueTask<IdleConnection> AcquireAsync() => new(_connection);

    public void Release(IdleConnection lease)
    {
    }

    public ValueTask DisposeAsync() => default;
}
