namespace ActorPool.Budgets.Simulation.Checks;

/// <summary>
/// With a fence, the server never has more connections than the budget, whoever left them there; but for those that came after their node was
/// fenced, and that go when it looks again.
/// </summary>
sealed class WithinBudgetAtServer(World world) : Check(world)
{
    public override void AfterStep()
    {
        if (World.Options.HasFence && World.Server.Counted > World.Book.Allowed)
        {
            var sessions = World.Server.Sessions.Where(static session => !session.IsLate).GroupBy(static session => session.Connection.Process.Name);
            Fail($"{World.Server.Counted} connections at the server, {World.Book.Allowed} are allowed: {string.Join(", ", sessions.Select(static group => $"{group.Key} {group.Count()}"))}");
        }
    }
}
