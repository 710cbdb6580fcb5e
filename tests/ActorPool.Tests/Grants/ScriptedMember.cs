namespace ActorPool.Tests.Grants;

/// <summary>A pool, as far as its budget can tell: takes what it is granted, and gives back as it was told to.</summary>
sealed class ScriptedMember : IBudgetMember
{
    public ScriptedMember(ConnectionBudget budget, string name)
    {
        Name = name;
        Share = budget.Join(name, this);
    }

    public string Name { get; }

    public IBudgetShare Share { get; }

    /// <summary>Grants that it knows of and has not returned.</summary>
    public int Held { get; private set; }

    public int Wanted { get; private set; }

    /// <summary>How many of its grants it cannot return, since it needs them.</summary>
    public int Busy { get; set; }

    /// <summary>What it was asked for, call by call.</summary>
    public List<int> Asked { get; } = [];

    public string Asks => string.Join(' ', Asked);

    public Exception? Throws { get; set; }

    public Action<int>? OnGranted { get; set; }

    public void Want(int total)
    {
        Wanted = total;
        Share.Want(total);
    }

    public void Return(int count)
    {
        Held -= count;
        Share.Return(count);
    }

    public void Granted(int count)
    {
        Held += count;
        OnGranted?.Invoke(count);
        if (Throws is not null)
        {
            throw Throws;
        }
    }

    /// <summary>What it was ordered to keep at most, order by order.</summary>
    public List<(int Total, EvictMode Mode)> Recalls { get; } = [];

    public void Recall(int total, EvictMode mode)
    {
        Recalls.Add((total, mode));
        var returned = Held - Math.Max(total, mode == EvictMode.Hard ? 0 : Busy);
        if (returned > 0)
        {
            Return(returned);
        }
    }

    public void GiveBack(int count)
    {
        Asked.Add(count);
        var returned = Math.Min(count, Held - Busy);
        if (returned > 0)
        {
            Return(returned);
        }
    }
}
