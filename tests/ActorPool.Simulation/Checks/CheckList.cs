using ActorPool.Simulation.Checks.Groups;

namespace ActorPool.Simulation.Checks;

/// <summary>Everything that a pool promises.</summary>
static class CheckList
{
    public static Check[] For(World world, PoolSubject pool) =>
    [
        new OneHolder(world, pool),
        new CleanForTheNext(world, pool),
        new OneStepAtATime(world, pool),
        new ClosedOnce(world, pool),
        new WithinLimits(world, pool),
        new SlotsAreKept(world, pool),
        new CondemnedGo(world, pool),
        new OneTimerPerKey(world, pool),
        new FailsOneAtATime(world, pool),
        new HonestHealth(world, pool),
        new InOrder(world, pool),
        new AnsweredOnce(world, pool),
        new HonestAnswers(world, pool),
        new SlotsAddUp(world, pool),
        new MinimumKept(world, pool),
        new PauseHolds(world, pool),
        new BudgetHolds(world, pool),
        new Progress(world, pool),
        new NothingOverdue(world, pool),
        new NothingLeft(world, pool),
    ];

    /// <summary>What a pool promises that is a member of a group: nobody acquires of it directly.</summary>
    public static Check[] ForMember(World world, PoolSubject pool) =>
    [
        new OneHolder(world, pool),
        new CleanForTheNext(world, pool),
        new OneStepAtATime(world, pool),
        new ClosedOnce(world, pool),
        new WithinLimits(world, pool),
        new SlotsAreKept(world, pool),
        new SlotsAddUp(world, pool),
        new Progress(world, pool),
        new NothingOverdue(world, pool),
    ];

    /// <summary>What a group promises.</summary>
    public static GroupCheck[] For(World world, GroupSubject group) =>
    [
        new GroupAnswersOnce(world, group),
        new GroupAnswersHonestly(world, group),
        new WantedRole(world, group),
        new NobodyGoneServes(world, group),
        new SecondsComeBack(world, group),
        new FollowsNames(world, group),
        new FewAreEjected(world, group),
        new WaitsEnd(world, group),
        new NothingLeftOfTheGroup(world, group),
    ];
}
