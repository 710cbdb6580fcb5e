namespace ActorPool.Benchmarks.Recovery.Serving;

/// <summary>Whatever comes goes back, in pieces as it came; the first piece is the login.</summary>
static class EchoProtocol
{
    public static async Task ServeAsync(ServedConnection connection)
    {
        var plan = connection.Plan;
        var buffer = new byte[256];
        for (var requests = 0; await connection.Socket.ReceiveAsync(buffer) is > 0 and var count; requests++)
        {
            if (plan.Demise == Demise.Request)
            {
                return;
            }

            await Pause.AsLongAs(requests == 0 ? plan.LoginMs : plan.WorkMs);
            connection.IsReady();
            await connection.Socket.SendAsync(buffer.AsMemory(0, count));
        }
    }
}
