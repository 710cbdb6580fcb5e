using System.Diagnostics;

namespace ActorPool.Endpoints;

/// <summary>A holder, with where it acquired (<see cref="PoolOptions.CaptureStacks"/>).</summary>
sealed record TracedHolder(object? Holder, StackTrace Stack);
