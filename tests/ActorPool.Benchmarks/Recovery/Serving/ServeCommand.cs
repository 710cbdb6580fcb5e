using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json;

namespace ActorPool.Benchmarks.Recovery.Serving;

/// <summary>
/// The hidden command that makes this program a server which can be killed. It does what it is told line by line:
/// <c>listen</c>, <c>report</c>; and ends with its input, so that it does not outlive who has started it.
/// </summary>
static class ServeCommand
{
    public const string Name = "serve-recovery";

    /// <summary>The command; its arguments are a port and a <see cref="ServerPlan"/> in JSON.</summary>
    public static Command Create()
    {
        var port = new Argument<int>("port");
        var plan = new Argument<string>("plan");
        var command = new Command(Name, "A server that the recovery benchmark kills.") { port, plan };
        command.Hidden = true;
        command.SetAction(parsed => Serve(parsed.GetValue(port), JsonSerializer.Deserialize<ServerPlan>(parsed.GetValue(plan)!)!));
        return command;
    }

    static int Serve(int port, ServerPlan plan)
    {
        using var listener = new RecoveryListener(port, plan, static at => Say($"full {at}"));
        Say("ready");
        try
        {
            while (Console.ReadLine() is { } told)
            {
                if (told == "listen")
                {
                    Say($"listening {listener.Listen()}");
                }
                else
                {
                    Say(JsonSerializer.Serialize(listener.Report()));
                }
            }

            return 0;
        }
        catch (SocketException)
        {
            // the port is taken
            return 1;
        }
    }

    static void Say(FormattableString line) => Say(FormattableString.Invariant(line));

    static void Say(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
