namespace ActorPool.Actors;

/// <summary>The work of cancelling: it runs whatever users have registered with the token, which is no turn's to do.</summary>
sealed class CancelWork(CancellationTokenSource source) : IThreadPoolWorkItem
{
    public void Execute()
    {
        try
        {
            source.Cancel();
        }
#pragma warning disable CA1031 // what users' callbacks throw is not ours; the call ends or it does not
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
