namespace ActorPool.Hocon.Tests;

/// <summary>A folder of its own for a test, gone at its end.</summary>
sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("hocon-").FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>Writes a file at once, so that nobody sees half of it.</summary>
    public string Write(string relative, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[relative])!);
        File.WriteAllText(this["written"], text);
        File.Move(this["written"], this[relative], overwrite: true);
        return this[relative];
    }

    /// <summary>The file as JSON; its path is told without the folder.</summary>
    public string Json(string relative) => HoconParser.ParseFile(this[relative], Hocon.NoEnvironment).Render();

    public HoconException Refused(string relative) =>
        Assert.Throws<HoconException>(() => HoconParser.ParseFile(this[relative], Hocon.NoEnvironment));

    public string WithoutPath(string text) => text.Replace(Path + System.IO.Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
