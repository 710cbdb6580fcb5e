namespace ActorPool.Hocon.Reading;

/// <summary>How an include statement names what it includes.</summary>
enum IncludeKind
{
    /// <summary>By a text alone: next to the including file, unless it is a URL or an absolute path.</summary>
    Adjacent = 0,

    /// <summary><c>file("…")</c>: from the folder that files are looked up in.</summary>
    File,

    /// <summary><c>url("…")</c>.</summary>
    Url,

    /// <summary><c>classpath("…")</c>.</summary>
    Classpath,
}
