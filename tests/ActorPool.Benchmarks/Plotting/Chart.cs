namespace ActorPool.Benchmarks.Plotting;

/// <summary>A picture of figures.</summary>
/// <param name="Name">What its file is called, such as <c>throughput</c>.</param>
/// <param name="Title">What it shows, in a line.</param>
abstract record Chart(string Name, string Title)
{
    /// <summary>Draws it.</summary>
    public abstract string ToSvg();
}
