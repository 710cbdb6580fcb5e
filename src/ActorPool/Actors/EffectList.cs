namespace ActorPool.Actors;

/// <summary>
/// Effects in the order in which they were caused, and the trampoline that runs them: what one effect causes comes after
/// the others, on the same stack frame. So no turn runs inside another turn or its effects, however long two actors answer
/// each other.
/// </summary>
struct EffectList
{
    /// <summary>A sender works this much for others, then the thread pool takes over.</summary>
    const int InlineMax = 64;

    Effect? _first;
    Effect? _last;

    public readonly bool IsEmpty => _first is null;

    /// <summary>The effect, if there is exactly one.</summary>
    public readonly Effect? Only => ReferenceEquals(_first, _last) ? _first : null;

    public void Add(Effect effect)
    {
        effect.NextEffect = null;
        if (_last is null)
        {
            _first = effect;
        }
        else
        {
            _last.NextEffect = effect;
        }

        _last = effect;
    }

    public void Add(EffectList effects)
    {
        if (effects._first is null)
        {
            return;
        }

        if (_last is null)
        {
            this = effects;
        }
        else
        {
            _last.NextEffect = effects._first;
            _last = effects._last;
        }
    }

    /// <summary>Runs them all, and what they cause; past a bounded number of them the rest goes to the dispatcher.</summary>
    public void RunAll(IDispatcher dispatcher)
    {
        var budget = InlineMax;
        while (_first is { } effect)
        {
            if (budget-- == 0)
            {
                dispatcher.Execute(new Rest(this, dispatcher));
                return;
            }

            _first = effect.NextEffect;
            if (_first is null)
            {
                _last = null;
            }

            effect.NextEffect = null;
            Add(effect.Run());
        }
    }

    sealed class Rest(EffectList effects, IDispatcher dispatcher) : IThreadPoolWorkItem
    {
        EffectList _effects = effects;

        public void Execute() => _effects.RunAll(dispatcher);
    }
}
