namespace ActorPool.Redis.Commands;

/// <summary>Where a command says for how long it may keep its caller waiting.</summary>
enum BlockingForm
{
    /// <summary>Nowhere: it answers at once.</summary>
    None = 0,

    /// <summary>Its last argument, in seconds.</summary>
    LastInSeconds,

    /// <summary>Its first argument, in seconds.</summary>
    FirstInSeconds,

    /// <summary>Its last argument, in milliseconds.</summary>
    LastInMilliseconds,

    /// <summary>The argument after the word BLOCK, in milliseconds.</summary>
    AfterBlock,
}
