using ActorPool.Benchmarks.Candidates;
using Akka.Actor;

namespace ActorPool.Benchmarks.AkkaNet;

/// <summary>What an <c>Ask</c> costs by itself: an actor sends the message back.</summary>
readonly struct EchoCandidate : ICandidate<object>
{
    readonly ActorSystem _system;
    readonly IActorRef _echo;

    EchoCandidate(ActorSystem system)
    {
        _system = system;
        _echo = system.ActorOf(Props.Create<EchoActor>());
    }

    public static ValueTask<EchoCandidate> OpenAsync(int size) => new(new EchoCandidate(ActorSystem.Create("echo", "akka.loglevel = WARNING")));

    public ValueTask<object> AcquireAsync() => new(_echo.Ask<object>(new AcquireLease(), timeout: null, CancellationToken.None));

    public void Release(object lease)
    {
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();

    sealed class EchoActor : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }
}
