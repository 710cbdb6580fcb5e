namespace ActorPool.Budgets.Node;

/// <summary>The largest value that a number had within a time that ends now. A monotonic queue: each value is kept once, and dropped once.</summary>
/// <param name="window">How long.</param>
sealed class RecentMax(TimeSpan window)
{
    // Falling values, each with the time until which it was the newest; the last one still is.
    readonly LinkedList<(int Value, TimeSpan Until)> _values = new();

    /// <summary>The number is this from now on.</summary>
    public void Set(int value, TimeSpan now)
    {
        if (_values.Last is { } last)
        {
            last.Value = (last.Value.Value, now);
        }

        while (_values.Last is { } smaller && smaller.Value.Value <= value)
        {
            _values.RemoveLast();
        }

        _values.AddLast((value, TimeSpan.MaxValue));
    }

    /// <summary>The largest within the window.</summary>
    public int At(TimeSpan now)
    {
        while (_values.First is { } first && first.Value.Until != TimeSpan.MaxValue && now - first.Value.Until >= window)
        {
            _values.RemoveFirst();
        }

        return _values.First?.Value.Value ?? 0;
    }

    /// <summary>When the largest will be less; null: as long as nothing is set, it stays.</summary>
    public TimeSpan? FallsAt => _values.First is { } first && first.Value.Until != TimeSpan.MaxValue ? first.Value.Until + window : null;
}
