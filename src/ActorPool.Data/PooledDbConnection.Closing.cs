using System.Data;
using System.Data.Common;
using ActorPool.Data.Commands;
using ActorPool.Data.Diagnostics;
using ActorPool.Data.Errors;
using ActorPool.Data.Leasing;
using ActorPool.Data.Transactions;

namespace ActorPool.Data;

/// <summary>Closing: what was left open is ended, and the lease with it.</summary>
public partial class PooledDbConnection
{
    /// <summary>
    /// Returns the connection to its pool, after readers left open were disposed and a transaction left open was rolled back.
    /// Does nothing when it is closed already.
    /// </summary>
    public override void Close()
    {
        if (Interlocked.Exchange(ref _inner, null) is not { } inner)
        {
            return;
        }

        var (readers, transaction) = Detach(inner);
        if (readers is not null || transaction is not null)
        {
            try
            {
                foreach (var reader in readers ?? [])
                {
                    reader.Dispose();
                }

                transaction?.DisposeInner();
            }
#pragma warning disable CA1031 // a close does not fail: the connection is condemned
            catch (Exception error)
#pragma warning restore CA1031
            {
                _fault ??= error;
            }
        }

        Return(inner);
    }

    /// <inheritdoc cref="Close"/>
    public override Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _inner, null) is not { } inner)
        {
            return Task.CompletedTask;
        }

        var (readers, transaction) = Detach(inner);
        if (readers is not null || transaction is not null)
        {
            return EndAsync(inner, readers, transaction);
        }

        Return(inner);
        return Task.CompletedTask;
    }

    /// <summary>As <see cref="CloseAsync"/>; the connection cannot be opened again.</summary>
#pragma warning disable CA1816, CA2215 // the base disposes synchronously; nothing is left to finalize
    public override ValueTask DisposeAsync()
#pragma warning restore CA1816, CA2215
    {
        var closing = CloseAsync();
        _isDisposed = true;
        if (closing.IsCompletedSuccessfully)
        {
            base.Dispose(disposing: true);
            return default;
        }

        return AwaitAsync(closing);

        async ValueTask AwaitAsync(Task closing)
        {
            await closing.ConfigureAwait(false);
            base.Dispose(disposing: true);
        }
    }

    /// <summary>As <see cref="Close"/>; the connection cannot be opened again.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
            _isDisposed = true;
        }

        base.Dispose(disposing);
    }

    internal void Forget(PooledDbTransaction transaction)
    {
        if (ReferenceEquals(_transaction, transaction))
        {
            _transaction = null;
        }
    }

    /// <summary>The transaction has ended under a command that executes: it is cancelled, and the connection closed. From any thread.</summary>
    internal void StopRunning()
    {
        _fault ??= DataErrors.BusyAtRollback();
        _lease.MarkFaulty(_fault);
        CancelRunning();
    }

    void CancelRunning()
    {
        if (_work.Cancel() is { } error)
        {
            DataLog.NotCancelled(_source.Ambient.Logger, error, DataSource);
        }
    }

    // From here on nothing that was made of this connection touches what is inside.
    (List<DbDataReader>? Readers, PooledDbTransaction? Transaction) Detach(DbConnection inner)
    {
        Epoch++;
        if (_work.IsExecuting)
        {
            // Neither reader nor transaction can be ended now: closing the connection ends them.
            _fault ??= DataErrors.StillExecuting();
            CancelRunning();

            // What executes keeps the old one, by which the connector waits for its end before it closes the connection.
            (_work, _held) = (new OpenWork(), null);
            _transaction = null;
            return default;
        }

        Note(_work.LastError());
        _held?.Leave(_work);
        _held = null;
        var readers = _work.TakeOpenReaders(out var last);
        if (Opener.IsNpgsql && readers is not null)
        {
            _fault ??= DataErrors.ReaderLeftOpen();
        }
        else if (Opener.IsNpgsql && (_handsOutReaders || _isUnwrapped) && _fault is null)
        {
            PartFromReader(inner, last);
        }

        var transaction = _transaction;
        _transaction = null;
        return (readers, transaction);
    }

    // Whoever keeps his reader must not reach the next holder's rows with it.
    void PartFromReader(DbConnection inner, DbDataReader? last)
    {
        if (!Opener.TryExchangeReader(inner) && last is not null && !NpgsqlReader.IsDisposed(last))
        {
            _fault = DataErrors.ReaderNotDisposed();
        }
    }

    async Task EndAsync(DbConnection inner, List<DbDataReader>? readers, PooledDbTransaction? transaction)
    {
        try
        {
            foreach (var reader in readers ?? [])
            {
                await reader.DisposeAsync().ConfigureAwait(false);
            }

            if (transaction is not null)
            {
                await transaction.DisposeInnerAsync().ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // a close does not fail: the connection is condemned
        catch (Exception error)
#pragma warning restore CA1031
        {
            _fault ??= error;
        }

        Return(inner);
    }

    void Return(DbConnection inner)
    {
        var lease = _lease;
        var (ambient, fault) = (_ambient, _fault);
        var left = _isUnwrapped && Opener.IsNpgsql ? Leftover.Anything
            : _isBeginInDoubt || (_mayHaveBegun && _source.Options.Reset != DbReset.None) ? Leftover.Transaction
            : Leftover.Nothing;
        _lease = default;
        (_ambient, _fault) = (null, null);
        (_mayHaveBegun, _isBeginInDoubt, _handsOutReaders, _isUnwrapped) = (false, false, false, false);
        if (fault is null && inner.State != ConnectionState.Open)
        {
            fault = DataErrors.NoLongerOpen(inner.DataSource);
        }

        if (fault is not null)
        {
            lease.MarkFaulty(fault);
        }

        if (ambient is null)
        {
            _source.Return(lease, fault is null ? left : Leftover.Nothing);
        }
        else
        {
            ambient.Leave(this, left);
        }

        OnStateChange(OpenToClosed);
    }
}
