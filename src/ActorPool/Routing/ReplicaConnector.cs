namespace ActorPool.Routing;

/// <summary>
/// A member's connector, which tells the group how its opens go and how its connections end, and asks each new one for its
/// role.
/// </summary>
sealed class ReplicaConnector<TConnection>(
    IConnector<TConnection> inner,
    Func<TConnection, CancellationToken, ValueTask<ReplicaRole>>? roleProbe,
    ReplicaSupervisor group) : IConnector<TConnection>
    where TConnection : class
{
    // The first opens may begin before the member that they are for is made.
    readonly TaskCompletionSource<ReplicaMember> _member = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whose member it is for.</summary>
    public ReplicaSupervisor Group => group;

    public ConnectorSteps Steps => inner.Steps;

    public void Attach(ReplicaMember member) => _member.SetResult(member);

    public async ValueTask<TConnection> OpenAsync(OpenContext context, CancellationToken cancellationToken)
    {
        var member = await _member.Task.ConfigureAwait(false);
        var report = new OpenReport(group, member);

        // An open that takes too long has failed, even if it does not heed its token.
        await using var registration = cancellationToken
            .UnsafeRegister(static report => ((OpenReport)report!).Failed(), report).ConfigureAwait(false);
        try
        {
            var connection = await inner.OpenAsync(context, cancellationToken).ConfigureAwait(false);
            if (roleProbe is not null && connection is not null)
            {
                await AskRoleAsync(member, connection, cancellationToken).ConfigureAwait(false);
            }

            report.Succeeded();
            return connection!;
        }
        catch (Exception)
        {
            report.Failed();
            throw;
        }
    }

    public ValueTask ProbeAsync(TConnection connection, CancellationToken cancellationToken) =>
        inner.ProbeAsync(connection, cancellationToken);

    public ValueTask ResetAsync(TConnection connection, CancellationToken cancellationToken) =>
        inner.ResetAsync(connection, cancellationToken);

    public ValueTask CloseAsync(TConnection connection, CloseReason reason)
    {
        if (reason is CloseReason.Fault or CloseReason.Condemned or CloseReason.ProbeFailed or CloseReason.ResetFailed
            && _member.Task is { IsCompletedSuccessfully: true, Result: var member })
        {
            // A peer that closes idle connections is within its rights; under a lease it is a fault.
            var isLease = reason is CloseReason.Fault or CloseReason.Condemned && member.Supervisor.EndedAsLease(connection);
            if (isLease || reason is CloseReason.ProbeFailed or CloseReason.ResetFailed)
            {
                group.Post(GroupMessage.Faulted(member, member.Supervisor.EndedNow, isLease));
            }
        }

        if (reason is CloseReason.OpenedTooLate or CloseReason.Condemned)
        {
            // An open that we called a success may have been none to its supervisor, which was given up just then.
            group.Post(GroupMessage.Command(GroupRequest.OpenedInVain));
        }

        return inner.CloseAsync(connection, reason);
    }

    public bool IsFault(Exception error) => inner.IsFault(error);

    public bool IsReusable(TConnection connection) => inner.IsReusable(connection);

    public bool TryReturn(TConnection connection) => inner.TryReturn(connection);

    public bool NeedsReset(TConnection connection) => inner.NeedsReset(connection);

    public OpenFailureKind Classify(Exception error) => inner.Classify(error);

    async ValueTask AskRoleAsync(ReplicaMember member, TConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var before = member.Role;
            member.Role = await roleProbe!(connection, cancellationToken).ConfigureAwait(false);
            if (member.Role != before)
            {
                group.Post(GroupMessage.Changed(member, before));
            }
        }
        catch (Exception)
        {
            await inner.CloseAsync(connection, CloseReason.ProbeFailed).ConfigureAwait(false);
            throw;
        }
    }
}
