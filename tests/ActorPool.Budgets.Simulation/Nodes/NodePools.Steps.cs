namespace ActorPool.Budgets.Simulation.Nodes;

/// <summary>One step after the other.</summary>
sealed partial class NodePools
{
    /// <summary>Goes on a moment later.</summary>
    void Pump(long ticks = -1)
    {
        if (_isPumping || !process.IsAlive)
        {
            return;
        }

        _isPumping = true;
        world.After(ticks < 0 ? Choices.Between(0, TimeSpan.TicksPerMillisecond / 2) : ticks, process, () =>
        {
            _isPumping = false;
            while (TryStep())
            {
                if (Choices.OneIn(4))
                {
                    Pump();
                    return;
                }
            }
        });
    }

    /// <summary>Callers return what they have leased, and others come: soon for what is to be closed, some time for the rest.</summary>
    public void TurnOver()
    {
        world.After(Choices.Between(0, world.Options.Lifetime.Ticks / 6), process, () =>
        {
            for (var index = _connections.Count - 1; index >= 0; index--)
            {
                var connection = _connections[index];
                if (connection.Stage == ConnectionStage.Leased && (connection.IsDoomed ? !world.IsStormy || Choices.OneIn(2) : Choices.OneIn(16)))
                {
                    Return(connection);
                }
            }

            Pump();
            TurnOver();
        });
    }

    bool TryStep()
    {
        var leased = Leased;
        if (leased > Demand)
        {
            Return(Find(ConnectionStage.Leased)!);
            return true;
        }

        if (leased == Demand)
        {
            return false;
        }

        if (Find(ConnectionStage.Idle) is { } idle)
        {
            return HandOut(idle);
        }

        return leased + Count(ConnectionStage.Checked) + Count(ConnectionStage.Connecting) < Demand && Used < Limit && Open();
    }

    /// <summary>Looks at the deadline, and, after whatever comes between, hands a connection out.</summary>
    bool HandOut(SimulatedConnection connection)
    {
        if (IsRefused("hands out"))
        {
            return false;
        }

        connection.Stage = ConnectionStage.Leased;
        world.Tally.HandedOut++;
        return true;
    }

    /// <summary>Takes a place, looks at the deadline, and, after whatever comes between, connects.</summary>
    bool Open()
    {
        var connection = new SimulatedConnection(process, ++_numbers) { PausesAtCheck = process.Pauses };
        _connections.Add(connection);
        Report();
        if (IsRefused("opens"))
        {
            Remove(connection);
            return false;
        }

        world.Tally.Opened++;
        if (world.IsStormy && Choices.OneIn(8))
        {
            // Its thread is not scheduled for a while.
            world.After(world.ThreadTicks(Choices), process, () => Connect(connection));
        }
        else
        {
            Connect(connection);
        }

        return true;
    }

    bool IsRefused(string what)
    {
        var hadPassed = world.HasPassed(process);
        if (Deadline.HasPassed)
        {
            // Callers wait, and try again.
            Pump(world.Options.RenewInterval.Ticks / 4);
            return true;
        }

        if (hadPassed is { } why)
        {
            world.Report("NothingAfterTheDeadline", $"{process.Name} {what} {why}");
        }

        return false;
    }

    void Connect(SimulatedConnection connection)
    {
        process.MayPause();
        if (connection.IsDoomed)
        {
            Remove(connection);
            return;
        }

        connection.Stage = ConnectionStage.Connecting;
        var there = Choices.OneIn(8) && world.IsStormy
            ? Choices.Between(0, world.Options.Lifetime.Ticks)
            : Choices.Between(0, TimeSpan.TicksPerMillisecond);
        var back = Choices.Between(0, TimeSpan.TicksPerMillisecond);
        world.After(there, null, () =>
        {
            // What was given up never gets through; what its process died over does.
            if (connection.Stage == ConnectionStage.Connecting)
            {
                world.Server.Open(connection);
                world.After(back, process, () => Connected(connection));
            }
        });
    }

    void Connected(SimulatedConnection connection)
    {
        if (connection.Stage != ConnectionStage.Connecting)
        {
            return;
        }

        process.MayPause();
        var hadPassed = world.HasPassed(process);
        if (connection.IsDoomed || Deadline.HasPassed)
        {
            world.Tally.ClosedAtSecondLook++;
            Close(connection);
            return;
        }

        if (hadPassed is { } why)
        {
            world.Report("NothingAfterTheDeadline", $"{process.Name} keeps what it has opened {why}");
        }

        world.Server.Confirm(connection.Session!);
        connection.WasKept = true;
        connection.Stage = ConnectionStage.Idle;
        Pump();
    }

    void GiveUp(SimulatedConnection connection)
    {
        if (connection.Session is null)
        {
            Remove(connection);
        }
        else
        {
            Close(connection);
        }
    }

    void Return(SimulatedConnection connection)
    {
        if (connection.IsDoomed || Used - Count(ConnectionStage.Closing) > Limit)
        {
            Close(connection);
        }
        else
        {
            connection.Stage = ConnectionStage.Idle;
        }
    }

    /// <summary>Closing takes time; never as long as the time for it, but for pauses.</summary>
    void Close(SimulatedConnection connection)
    {
        connection.Stage = ConnectionStage.Closing;
        var longest = Choices.OneIn(4) ? world.Options.ClosingTime.Ticks * 7 / 10 : TimeSpan.TicksPerMillisecond;
        world.After(Choices.Between(0, longest), process, () =>
        {
            if (connection.Stage == ConnectionStage.Closing)
            {
                Remove(connection);
            }
        });
    }

    void Remove(SimulatedConnection connection)
    {
        connection.Stage = ConnectionStage.Gone;
        if (connection.Session is { } session)
        {
            world.Server.Close(session);
        }

        _connections.Remove(connection);
        Report();
        Pump();
    }

    SimulatedConnection? Find(ConnectionStage stage)
    {
        foreach (var connection in _connections)
        {
            if (connection.Stage == stage)
            {
                return connection;
            }
        }

        return null;
    }
}
