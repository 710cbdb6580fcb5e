using ActorPool.AkkaNet.Tests.Support;
using ActorPool.TestKit;
using Akka.Actor;
using Akka.Event;
using Serilog;
using Serilog.Events;
using LogEvent = Akka.Event.LogEvent;

namespace ActorPool.AkkaNet.Tests;

/// <summary>Pools log where Akka.NET logs, with template and properties.</summary>
[Collection(nameof(LoggingTests))] // Serilog's logger is the process's
public sealed class LoggingTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Serilog_gets_a_pools_line_with_its_properties()
    {
        var sink = new KeptEvents();
        Log.Logger = new LoggerConfiguration().MinimumLevel.Debug().WriteTo.Sink(sink).CreateLogger();
        var system = NewSystem("akka.loggers = [\"Akka.Logger.Serilog.SerilogLogger, Akka.Logger.Serilog\"], akka.loglevel = DEBUG");

        await ActorPools.For(system).Get<ScriptedConnection>("cache").DrainAsync();

        var closed = await sink.NextAsync(line => line.MessageTemplate.Text == "Pool '{PoolName}' is closed.").WaitAsync(Patience);
        Assert.Equal("\"cache\"", closed.Properties["PoolName"].ToString());
        Assert.Equal(LogEventLevel.Information, closed.Level);
        await system.Terminate();
    }

    [Fact]
    public async Task Other_loggers_get_the_line_as_text()
    {
        var system = NewSystem("akka.loglevel = INFO, akka.stdout-loglevel = OFF, akka.loggers = []");
        var told = new TaskCompletionSource<LogEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = system.ActorOf(Props.Create(() => new Listener(told)));
        system.EventStream.Subscribe(listener, typeof(Info));

        await ActorPools.For(system).Get<ScriptedConnection>("cache").DrainAsync();

        var line = await told.Task.WaitAsync(Patience);
        Assert.Equal("Pool 'cache' is closed.", line.Message.ToString());
        await system.Terminate();
    }

    static ActorSystem NewSystem(string hocon) => ActorSystem.Create(
        "test",
        BootstrapSetup.Create().WithConfig(hocon).And(new ActorPoolSetup(pools => pools.Add("cache", _ => ScriptedConnection.Connector()))));

    sealed class Listener(TaskCompletionSource<LogEvent> told) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is LogEvent line && line.Message.ToString()!.Contains("is closed", StringComparison.Ordinal))
            {
                told.TrySetResult(line);
            }
        }
    }
}
