namespace ActorPool.Hocon.Tests;

/// <summary>What the tests of the specification share.</summary>
static class Hocon
{
    public static readonly HoconOptions NoEnvironment = new() { Environment = _ => null };

    public static HoconOptions With(params (string Name, string Value)[] variables) => new()
    {
        Environment = name => variables.FirstOrDefault(variable => variable.Name == name).Value,
    };

    /// <summary>The text as JSON, without a file and without an environment.</summary>
    public static string Json(string text, HoconOptions? options = null) => HoconParser.Parse(text, options ?? NoEnvironment).Render();

    public static HoconException Refused(string text, HoconOptions? options = null) =>
        Assert.Throws<HoconException>(() => HoconParser.Parse(text, options ?? NoEnvironment));

    /// <summary>Both are the same, in the order of their keys.</summary>
    public static void Same(string expected, string text) => Assert.Equal(Json(expected), Json(text));
}
