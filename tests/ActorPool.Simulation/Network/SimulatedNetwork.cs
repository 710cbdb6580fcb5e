namespace ActorPool.Simulation.Network;

/// <summary>
/// Servers, what is under way to them, and what becomes of it. Nothing here takes time of its own: the schedule ends what is
/// under way, in whatever order.
/// </summary>
sealed class SimulatedNetwork(Choices choices, Func<long> nowMs, Trace? trace)
{
    // New ones each time: an exception that is thrown again and again carries the stacks of all of its throws.
    static IOException Refused => new("connection refused");

    static IOException Reset => new("connection reset by peer");

    static InvalidDataException Garbage => new("bytes that no protocol knows");

    static UnauthorizedAccessException Denied => new("password authentication failed");

    static InvalidOperationException Full => new("too many connections");

    public List<SimulatedServer> Servers { get; } = [];

    /// <summary>What is under way, oldest first.</summary>
    public List<Operation> Pending { get; } = [];

    public Weather Weather { get; set; } = Weather.Calm;

    /// <summary>Begins something.</summary>
    /// <param name="kind">What.</param>
    /// <param name="connection">With what.</param>
    /// <param name="ended">Told when it has ended, before who awaits it goes on.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public Operation Begin(
        OperationKind kind, SimulatedConnection connection, Action<Operation, Exception?> ended, CancellationToken cancellationToken)
    {
        var operation = new Operation(kind, connection, Weather.Fate(choices), nowMs(), ended);
        trace?.Add($"    {operation} begins");
        if (operation.Fate == Fate.AtOnce && connection.Server.Condition != Condition.BlackHole)
        {
            End(operation);
            return operation;
        }

        Pending.Add(operation);
        operation.GiveUpWith(cancellationToken);
        return operation;
    }

    /// <summary>Whether it can end now, for better or worse.</summary>
    public static bool CanEnd(Operation operation) =>
        operation.IsGivenUp || (operation.Fate != Fate.Lost && operation.Connection.Server.Condition != Condition.BlackHole);

    /// <summary>Ends what is under way, or brings it a part further.</summary>
    public void Advance(Operation operation)
    {
        if (operation.Fate == Fate.Slow && !operation.IsGivenUp)
        {
            operation.Fate = Fate.Normal;
            return;
        }

        Pending.Remove(operation);
        End(operation);
    }

    /// <summary>Kills what a server knows.</summary>
    public void Kill(SimulatedConnection connection, bool silently)
    {
        trace?.Add($"    {connection} dies{(silently ? " silently" : "")}");
        connection.IsDead = true;
        connection.LooksDead = !silently;
    }

    void End(Operation operation)
    {
        var error = Error(operation);
        trace?.Add($"    {operation} {(error is null ? "succeeds" : $"fails: {error.Message}")}");
        operation.End(error);
    }

    Exception? Error(Operation operation)
    {
        if (operation.IsGivenUp && operation.Fate != Fate.Deaf && !choices.OneIn(6))
        {
            return new OperationCanceledException("given up");
        }

        return operation.Kind switch
        {
            OperationKind.Open => OpenError(operation),
            OperationKind.Close => operation.Fate == Fate.Failing ? Reset : null,
            _ => CheckError(operation),
        };
    }

    Exception? OpenError(Operation operation)
    {
        var server = operation.Connection.Server;
        if (operation.Fate == Fate.Failing)
        {
            return Refused;
        }

        switch (server.Condition)
        {
            case Condition.Refusing or Condition.BlackHole:
                return Refused;
            case Condition.Babbling:
                return Garbage;
            case Condition.Denying:
                return Denied;
            case Condition.Full when server.Connections.Count(static other => other is { IsDead: false, Stage: Stage.Open }) >= server.Limit:
                return Full;
            case Condition.AcceptingAndDying:
                var isSilent = choices.OneIn(2);
                Kill(operation.Connection, isSilent);
                if (!isSilent)
                {
                    // Before the pool has it.
                    operation.Connection.Condemn(Reset);
                }

                break;
            default:
                break;
        }

        server.Connections.Add(operation.Connection);
        return null;
    }

    static Exception? CheckError(Operation operation) =>
        operation.Fate == Fate.Failing || operation.Connection.IsDead ? Reset
        : operation.Connection.Server.Condition == Condition.Babbling ? Garbage
        : null;

    /// <summary>What a connector would call an open's failure.</summary>
    public static OpenFailureKind Classify(Exception error) =>
        error switch
        {
            UnauthorizedAccessException => OpenFailureKind.Credentials,
            InvalidDataException => OpenFailureKind.Configuration,
            _ => OpenFailureKind.Transient,
        };
}
