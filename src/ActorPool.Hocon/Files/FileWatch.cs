using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Primitives;

namespace ActorPool.Hocon.Files;

/// <summary>
/// Watches the files of the last reading, and calls back once after any of them has changed and a delay has passed without another
/// change. A reading registers each file before it looks at it (<see cref="Round"/>), so no change is missed.
/// </summary>
sealed partial class FileWatch : IDisposable
{
    readonly Lock _gate = new();
    readonly Dictionary<string, PhysicalFileProvider> _folders = new(StringComparer.Ordinal);
    readonly TimeSpan _delay;
    readonly ITimer _timer;
    List<IDisposable> _registrations = [];
    bool _isDisposed;

    public FileWatch(TimeSpan delay, Action changed)
    {
        _delay = delay;
        _timer = TimeProvider.System.CreateTimer(
            static changed => _ = CallAsync((Action)changed!), changed, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to watch the files of a new reading; those of the last one are forgotten at its end.</summary>
    public Round Begin() => new(this);

    /// <summary>A provider for a folder, kept for as long as this is; null if there is no such folder.</summary>
    public IFileProvider? Folder(string path)
    {
        lock (_gate)
        {
            if (_isDisposed || !Directory.Exists(path))
            {
                return null;
            }

            if (!_folders.TryGetValue(path, out var folder))
            {
                _folders.Add(path, folder = new PhysicalFileProvider(path, ExclusionFilters.None));
            }

            return folder;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer.Dispose();
            Forget(_registrations);
            foreach (var folder in _folders.Values)
            {
                folder.Dispose();
            }
        }
    }

    // An exception that left a timer's callback would end the process; from a task it is an unobserved one.
    static async Task CallAsync(Action changed)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        changed();
    }

    static void Forget(List<IDisposable> registrations)
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        registrations.Clear();
    }

    // May run at once, in whichever thread: it does nothing but set the timer.
    void Changed()
    {
        try
        {
            _timer.Change(_delay, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // Disposed of meanwhile.
        }
    }

    void Replace(List<IDisposable> registrations)
    {
        List<IDisposable> old;
        lock (_gate)
        {
            old = _isDisposed ? registrations : _registrations;
            _registrations = _isDisposed ? [] : registrations;
        }

        Forget(old);
    }
}
