namespace ActorPool.TestKit;

/// <summary>
/// What a test expected has not happened: see <see cref="VirtualRuntime.Await(Task, TimeSpan?, string)"/>,
/// <see cref="VirtualRuntime.RunUntil"/> and <see cref="EventProbe"/>. A type of its own, which no pool throws: a test that
/// expects its service to time out cannot take the one for the other.
/// </summary>
public sealed class ExpectationException : Exception
{
    internal ExpectationException(string message)
        : base(message)
    {
    }
}
