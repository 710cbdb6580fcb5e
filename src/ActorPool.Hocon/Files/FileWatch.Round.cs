using Microsoft.Extensions.Primitives;

namespace ActorPool.Hocon.Files;

sealed partial class FileWatch
{
    /// <summary>One reading.</summary>
    public sealed class Round(FileWatch watch) : IDisposable
    {
        readonly List<IDisposable> _registrations = [];

        public void Add(IChangeToken token) =>
            _registrations.Add(token.RegisterChangeCallback(static watch => ((FileWatch)watch!).Changed(), watch));

        public void Dispose() => watch.Replace(_registrations);
    }
}
