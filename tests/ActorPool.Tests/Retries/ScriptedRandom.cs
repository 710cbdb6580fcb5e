namespace ActorPool.Tests.Retries;

/// <summary>Randomness that says what the test says, over and over.</summary>
sealed class ScriptedRandom(params double[] numbers) : IRandomSource
{
    int _asked;

    public int Asked => _asked;

    public double NextDouble() => numbers[_asked++ % numbers.Length];
}
