namespace ActorPool.Endpoints;

/// <summary>Warm-ups: as many connections as somebody wants, before anybody needs them.</summary>
sealed partial class EndpointSupervisor
{
    readonly List<CommandRequest> _warmUps = [];
    int _warmUpTo;

    // How many must be open for the warm-ups to have got further: what opens in place of others is no progress.
    int _warmedUp;

    /// <summary>Opens connections until as many are open as the command wants, or it turns out that they cannot be.</summary>
    void WarmUp(CommandRequest request, WarmUpPool command, long nowMs)
    {
        _warmUps.Add(request);

        // More than the maximum size is that; but which it is may change before the warm-up is done.
        _warmUpTo = Math.Max(_warmUpTo, command.Connections ?? _settings.MinSize);
        if (_health.State == PoolHealth.Unavailable && !_health.IsRetryWelcome(nowMs))
        {
            FailWarmUps();
            return;
        }

        OpenOnDemand(nowMs);
        FinishWarmUps();
        ExpectWarmth();
    }

    void FinishWarmUps()
    {
        if (_warmUps.Count == 0)
        {
            return;
        }

        var open = Present - _stale;
        _warmUps.RemoveAll(request =>
        {
            var isDone = open >= Math.Min(_settings.MaxSize, ((WarmUpPool)request.Command).Connections ?? _settings.MinSize);
            if (isDone)
            {
                Complete(request);
            }

            return isDone;
        });
        if (_warmUps.Count == 0)
        {
            WarmUpsOver();
        }
    }

    void FailWarmUps()
    {
        if (_warmUps.Count == 0)
        {
            return;
        }

        var failure = Failure(IsClosed ? PoolFailureReason.Closed : UnavailableReason);
        foreach (var request in _warmUps)
        {
            request.Failure = failure;
            Cause(request);
        }

        _warmUps.Clear();
        WarmUpsOver();
    }

    void WarmUpsOver()
    {
        _warmUpTo = 0;
        _warmedUp = 0;
        CancelTimer((int)EndpointTimer.WarmUpStalls);
        if (!IsClosed)
        {
            // Those that were opened for the warm-up alone are no longer needed, and may have been idle for long enough.
            var nowMs = System.Clock.NowMs;
            ExpireIdle(nowMs);
            Trim(nowMs);
        }
    }

    /// <summary>A budget may never have as many grants to spare as a warm-up would like: it must get further in time.</summary>
    void ExpectWarmth()
    {
        if (_grants is not null && _warmUps.Count > 0 && Present - _stale >= _warmedUp)
        {
            _warmedUp = Present - _stale + 1;
            StartTimer(EndpointTimer.WarmUpStalls, WarmthMs);
        }
    }

    /// <summary>A warm-up that gets further does so within this time, unless opens fail.</summary>
    long WarmthMs => _settings.ConnectTimeoutMs + _settings.FillStaggerMs;

    /// <summary>The warm-ups have got no further for a while. Unless opens fail, they end with what they have: others need the grants.</summary>
    void CheckWarmUps(long nowMs)
    {
        if (_health.State != PoolHealth.Healthy)
        {
            StartTimer(EndpointTimer.WarmUpStalls, WarmthMs);
            return;
        }

        foreach (var request in _warmUps)
        {
            Complete(request);
        }

        _warmUps.Clear();
        WarmUpsOver();
        WantLess(nowMs);
    }
}
