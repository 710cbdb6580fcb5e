using System.Data.Common;

namespace ActorPool.Data.Leasing;

/// <summary>
/// What is under way on a leased connection: commands that execute, readers that are open. Kept so that a connection is neither
/// given back with a reply on its way nor with somebody's reader on it. An asynchronous command is known by its task, which
/// costs nothing.
/// </summary>
struct OpenWork
{
    // Sync commands at work; more than one only if a user breaks ADO.NET's rules.
    int _executing;
    Task? _task;
    DbDataReader? _reader;
    List<DbDataReader>? _others;

    /// <summary>Whether a command is executing.</summary>
    public readonly bool IsExecuting => _executing > 0 || _task is { IsCompleted: false };

    public void Enter() => Interlocked.Increment(ref _executing);

    public void Exit() => Interlocked.Decrement(ref _executing);

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

        this = default;
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
