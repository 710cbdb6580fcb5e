namespace ActorPool.Faults.Subjects;

/// <summary>The columns of the matrix; starting one may find that its server is not installed.</summary>
static class SubjectList
{
    public static IReadOnlyList<Func<Task<Subject>>> All { get; } =
    [
        static () => Task.FromResult<Subject>(new StreamSubject(tls: false)),
        static () => Task.FromResult<Subject>(new StreamSubject(tls: true)),
        HttpSubject.StartAsync,
        PostgresSubject.StartAsync,
        RedisSubject.StartAsync,
        static () => Task.FromResult<Subject>(new NaiveSubject()),
    ];
}
