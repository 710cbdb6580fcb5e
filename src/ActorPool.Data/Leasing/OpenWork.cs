using System.Data.Common;

namespace ActorPool.Data.Leasing;

/// <summary>
/// What is under way on a leased connection: commands that execute, readers that are open. Kept so that a connection is neither
/// given back with a reply on its way nor with somebody's reader on it, and so that whoever closes it under its holder can
/// have the command cancelled. An asynchronous command is known by its task, which costs nothing.
/// </summary>
sealed class OpenWork
{
    // Sync commands at work; more than one only if a user breaks ADO.NET's rules.
    int _executing;
    TaskCompletionSource? _syncOver;
    Task? _task;
    DbDataReader? _reader;
    List<DbDataReader>? _others;
    object? _running;

    /// <summary>Whether a command is executing.</summary>
    public bool IsExecuting => Volatile.Read(ref _executing) > 0 || _task is { IsCompleted: false };

    /// <summary>Whether the last command's reader is open.</summary>
    public bool IsRead =>
        _reader is { IsClosed: false } || _task is Task<DbDataReader> { IsCompletedSuccessfully: true, Result.IsClosed: false };

    /// <summary>A command or a batch is to be executed.</summary>
    public void Begin(object commandOrBatch) => Volatile.Write(ref _running, commandOrBatch);

    public void Enter() => Interlocked.Increment(ref _executing);

    public void Exit()
    {
        if (Interlocked.Decrement(ref _executing) == 0)
        {
            Volatile.Read(ref _syncOver)?.TrySetResult();
        }
    }

    public void Add(DbDataReader reader)
    {
        if (_reader is { IsClosed: false } open)
        {
            // A provider that has several at once.
            (_others ??= []).Add(open);
        }

        _reader = reader;
    }

    /// <summary>Adds a command that executes asynchronously.</summary>
    /// <returns>The error that the last one ended with; null if it did not fail.</returns>
    public Exception? Add(Task task)
    {
        var last = _task;
        if (last is { IsCompleted: false })
        {
            _task = Task.WhenAll(last, task);
            return null;
        }

        var error = EndOf(last);
        _task = task;
        return error;
    }

    /// <summary>The error that the last asynchronous command ended with; null if it did not fail.</summary>
    public Exception? LastError() => EndOf(_task);

    /// <summary>Cancels what was executed last. Blocks for as long as the provider does. From any thread.</summary>
    /// <returns>Why it could not be cancelled; null if it was, or nothing was executing. The command ends by itself then, or with its connection.</returns>
    public Exception? Cancel()
    {
        try
        {
            var running = Volatile.Read(ref _running);
            (running as DbCommand)?.Cancel();
            (running as DbBatch)?.Cancel();
            return null;
        }
#pragma warning disable CA1031 // told to whoever asked
        catch (Exception error)
#pragma warning restore CA1031
        {
            return error;
        }
    }

    /// <summary>Ends, without an error, once no command executes. From any thread.</summary>
    public async Task UntilOverAsync()
    {
        var syncOver = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // The swap first, then the look, as in Exit the other way round: one of the two sees the other.
        Interlocked.Exchange(ref _syncOver, syncOver);
        if (Volatile.Read(ref _executing) > 0)
        {
            await syncOver.Task.ConfigureAwait(false);
        }

        if (_task is { } task)
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The readers that are open still; what is under way is forgotten.</summary>
    /// <param name="last">The reader that was handed out last, open or not; null if none was.</param>
    public List<DbDataReader>? TakeOpenReaders(out DbDataReader? last)
    {
        EndOf(_task);
        last = _reader;
        List<DbDataReader>? open = null;
        if (_reader is { IsClosed: false } reader)
        {
            open = [reader];
        }

        if (_others is { } others)
        {
            foreach (var other in others)
            {
                if (!other.IsClosed)
                {
                    (open ??= []).Add(other);
                }
            }
        }

        (_task, _reader, _others, _running) = (null, null, null, null);
        return open;
    }

    Exception? EndOf(Task? task)
    {
        if (task is null || task.IsCompletedSuccessfully)
        {
            if (task is Task<DbDataReader> { Result: var reader } && !ReferenceEquals(reader, _reader))
            {
                Add(reader);
            }

            return null;
        }

        return task.Exception?.InnerException;
    }
}
