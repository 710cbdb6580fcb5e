using Spectre.Console;
using Spectre.Console.Rendering;

namespace ClusterSample;

/// <summary>A picture that is redrawn while something lasts; one line per second where there is no screen.</summary>
static class LiveScreen
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    public static Task ShowAsync(Task over, Func<IRenderable> draw, Func<string> line) =>
        Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi ? LinesAsync(over, line) : PictureAsync(over, draw);

    static Task PictureAsync(Task over, Func<IRenderable> draw) => AnsiConsole.Live(new Text("")).StartAsync(async context =>
    {
        do
        {
            context.UpdateTarget(draw());
        }
        while (await Task.WhenAny(over, Task.Delay(Pace)) != over);
        context.UpdateTarget(draw());
    });

    static async Task LinesAsync(Task over, Func<string> line)
    {
        do
        {
            Console.WriteLine(line());
        }
        while (await Task.WhenAny(over, Task.Delay(Pace * 5)) != over);
    }
}
