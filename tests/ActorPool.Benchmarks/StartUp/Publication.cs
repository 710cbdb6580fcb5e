namespace ActorPool.Benchmarks.StartUp;

/// <summary>A program as it is given away.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="Folder">Everything that belongs to it.</param>
/// <param name="Program">What is started.</param>
/// <param name="Arguments">And how.</param>
sealed record Publication(string Name, DirectoryInfo Folder, string Program, IReadOnlyList<string> Arguments)
{
    const double Megabyte = 1 << 20;

    /// <summary>The size of all its files, in MB.</summary>
    public double Size { get; } = Folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length) / Megabyte;

    public int Files { get; } = Folder.EnumerateFiles("*", SearchOption.AllDirectories).Count();
}
