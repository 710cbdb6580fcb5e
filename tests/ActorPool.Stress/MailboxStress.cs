using ActorPool.Actors;
using ActorPool.TestKit;

namespace ActorPool.Stress;

/// <summary>
/// Senders that tell, post, queue and take turns at a few actors, which send on to each other: every message arrives
/// exactly once, in the order of its sender, and turns of one actor never overlap.
/// </summary>
sealed class MailboxStress(ulong seed) : IStress
{
    const int Senders = 6;
    const int Receivers = 3;

    readonly ActorSystem _system = new PoolRuntime().System;
    readonly SeededRandom _random = new(seed);
    long _broken;

    public async Task<int> RunAsync(TimeSpan time)
    {
        var last = new Receiver(_system, this, forwardTo: null, Senders * Receivers);
        var receivers = Enumerable.Range(0, Receivers).Select(index => new Receiver(_system, this, last, Senders, index * Senders)).ToArray();
        using var stop = new CancellationTokenSource(time);
        var sent = await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender =>
        {
            var random = new SeededRandom(_random.NextUInt64());
            return Task.Factory.StartNew(() => Send(sender, receivers, random, stop.Token), TaskCreationOptions.LongRunning);
        }));

        // Everything was sent; what is still queued is fetched by whoever was told to.
        var expected = sent.Sum();
        var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (last.Read() < expected && !patience.IsCancellationRequested)
        {
            await Task.Yield();
        }

        var arrived = last.Read();
        Console.WriteLine($"  {expected:N0} messages, {arrived:N0} arrived twice over, {Interlocked.Read(ref _broken)} broke a promise");
        return arrived == expected && _broken == 0 ? 0 : 1;
    }

    static long Send(int sender, Receiver[] receivers, SeededRandom random, CancellationToken stop)
    {
        var numbers = new int[receivers.Length];
        while (!stop.IsCancellationRequested)
        {
            for (var i = 0; i < 1000; i++)
            {
                var to = random.Next(receivers.Length);
                var message = new Letter(sender, ++numbers[to]);
                switch (random.Next(8))
                {
                    case 0:
                        receivers[to].Post(message);
                        break;
                    case 1:
                        receivers[to].TellQueued(message);
                        break;
                    case 2:
                        receivers[to].TakeTurn(ref message);
                        break;
                    default:
                        receivers[to].Tell(message);
                        break;
                }
            }
        }

        return numbers.Sum(number => (long)number);
    }

    void Break(string how)
    {
        if (Interlocked.Increment(ref _broken) <= 10)
        {
            Console.WriteLine($"  broken: {how}");
        }
    }

    record struct Letter(int Sender, int Number);

    sealed class Receiver(ActorSystem system, MailboxStress stress, Receiver? forwardTo, int senders, int renumber = 0)
        : Actor<Letter>(system)
    {
        readonly int[] _last = new int[senders];
        int _turns;
        long _received;

        public long Read() => Interlocked.Read(ref _received);

        protected override void Receive(ref Letter message)
        {
            if (Interlocked.Increment(ref _turns) != 1)
            {
                stress.Break("two turns of one actor overlap");
            }

            if (message.Number != _last[message.Sender] + 1)
            {
                stress.Break($"{message.Number} of sender {message.Sender} came after {_last[message.Sender]}");
            }

            _last[message.Sender] = message.Number;
            if (forwardTo is not null)
            {
                Send(forwardTo, message with { Sender = renumber + message.Sender });
            }

            Interlocked.Increment(ref _received);
            Interlocked.Decrement(ref _turns);
        }
    }
}
