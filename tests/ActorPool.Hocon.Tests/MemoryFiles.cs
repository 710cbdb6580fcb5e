using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace ActorPool.Hocon.Tests;

/// <summary>Files that are on no disk.</summary>
sealed class MemoryFiles : Dictionary<string, string>, IFileProvider
{
    public MemoryFiles()
        : base(StringComparer.Ordinal)
    {
    }

    public IFileInfo GetFileInfo(string subpath) =>
        TryGetValue(subpath, out var text) ? new MemoryFile(subpath, System.Text.Encoding.UTF8.GetBytes(text)) : new NotFoundFileInfo(subpath);

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    sealed class MemoryFile(string name, byte[] bytes) : IFileInfo
    {
        public bool Exists => true;

        public bool IsDirectory => false;

        public DateTimeOffset LastModified => default;

        public long Length => bytes.Length;

        public string Name => name;

        public string? PhysicalPath => null;

        public Stream CreateReadStream() => new MemoryStream(bytes);
    }
}
