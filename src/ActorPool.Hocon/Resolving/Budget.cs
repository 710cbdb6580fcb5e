using ActorPool.Hocon.Errors;

namespace ActorPool.Hocon.Resolving;

/// <summary>What substitutions may copy, and how often they may look something up: both bounded, by one number.</summary>
sealed class Budget(int valuesMax)
{
    const int StepsPerValue = 16;

    // a little for texts that may copy nothing
    long _steps = 1_000 + ((long)valuesMax * StepsPerValue);

    public void SpendValues(long values, HoconOrigin origin) => Spend(values * StepsPerValue, origin);

    public void SpendCharacters(int characters, HoconOrigin origin) => Spend(characters, origin);

    public void SpendSteps(int steps, HoconOrigin origin) => Spend(steps, origin);

    void Spend(long steps, HoconOrigin origin)
    {
        _steps -= steps;
        if (_steps < 0)
        {
            throw HoconErrors.TooLarge(origin, valuesMax);
        }
    }
}
