namespace ActorPool.Dashboard.Assets;

/// <summary>The files of the page: everything in the folder <c>Page</c>, embedded.</summary>
static class PageAssets
{
    public const string Index = "index.html";

    public static IReadOnlyList<PageAsset> All { get; } = Load();

    static PageAsset[] Load()
    {
        var assembly = typeof(PageAssets).Assembly;
        return Array.ConvertAll(assembly.GetManifestResourceNames(), name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return new PageAsset(name, content);
        });
    }
}
