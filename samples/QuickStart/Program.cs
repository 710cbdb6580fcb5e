using System.Runtime.InteropServices;
using ActorPool;
using QuickStart;

if (!Settings.TryParse(args, out var settings, out var exitCode))
{
    return exitCode;
}

// Unless there is a server of the user's own: one that has a bad day.
await using var server = settings.Server is null ? new EchoServer() : null;
var (host, port) = settings.Server ?? ("127.0.0.1", server!.Port);
var address = host.Contains(':') ? $"[{host}]:{port}" : $"{host}:{port}";

// The pool: at most 8 connections, opened on demand, replaced when they break.
await using var pool = ConnectionPool.Create(new TcpConnector(host, port), new PoolOptions
{
    Name = "quickstart",
    MaxSize = 8,
    AcquireTimeout = TimeSpan.FromSeconds(3),
    ConnectTimeout = TimeSpan.FromSeconds(2),
    ReconnectBackoff = new BackoffOptions { Max = TimeSpan.FromMilliseconds(250) },
});

IProtocol protocol = settings.SpeaksRedis ? new RedisProtocol() : new EchoProtocol();
if (server is null && await FirstContact.FindProblemAsync(pool, protocol, settings) is { } problem)
{
    Console.Error.WriteLine($"QuickStart: cannot work with {address}: {problem}");
    return 1;
}

// The day ends by itself, by Ctrl+C (a second one ends the program), or when somebody got another's reply.
using var stop = new CancellationTokenSource(settings.Duration);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, EndDay);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndDay);

// 64 workers share the pool: see Worker.cs.
var tally = new Tally(ruined: stop.Cancel);
var badDay = server is null ? null : new BadDay(server, pool, tally, settings.Duration, settings.Seed);
var day = new Day(settings, address, pool, tally, badDay);
var misery = badDay?.RunAsync(stop.Token) ?? Task.CompletedTask;
var workers = Enumerable.Range(1, settings.Workers)
    .Select(number => new Worker(number, pool, protocol, tally, settings.AnswerTimeout).RunAsync(stop.Token))
    .ToList();
var over = Task.WhenAny(Task.WhenAll([misery, .. workers]), Task.Delay(settings.Duration + TimeSpan.FromSeconds(5)));
await (settings.Plain ? PlainLines.ShowAsync(day, over) : new LiveTable().ShowAsync(day, over));

var hanging = workers.Count(worker => !worker.IsCompleted);
var summary = new Summary(day, day.Elapsed, hanging, await Reckoning.TakeAsync(pool, server), server);
summary.Print();
var failures = summary.Failures().ToList();
failures.ForEach(failure => Console.Error.WriteLine($"FAILED: {failure}"));
if (failures.Count > 0)
{
    // at once: disposing the pool would wait for whatever hangs
    Environment.Exit(1);
}

return 0;

void EndDay(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
