namespace ActorPool.Mutations;

/// <summary>What became of one break.</summary>
/// <param name="Number">Its place in the list, from 1.</param>
/// <param name="Mutation">The break.</param>
/// <param name="Verdict">What the simulation says about it.</param>
/// <param name="Time">How long build and simulation took.</param>
sealed record MutationResult(int Number, Mutation Mutation, SimulationVerdict Verdict, TimeSpan Time)
{
    /// <summary>How many seeds it took; null if nobody knows, or it was not found.</summary>
    public long? SeedsTaken(long from) => Verdict.Seed - from + 1;
}
