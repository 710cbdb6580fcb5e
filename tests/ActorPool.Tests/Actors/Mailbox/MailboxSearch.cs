using System.Globalization;
using System.Text;

namespace ActorPool.Tests.Actors.Mailbox;

/// <summary>
/// Visits every state that a <see cref="MailboxModel"/> can reach, breadth first, so that a trace is a shortest one. Senders
/// with the same program may be exchanged: of states that differ in nothing else one is visited.
/// </summary>
/// <param name="model">Whose states.</param>
/// <param name="asksForEnds">Whether to ask of every state if an end can be reached from it, which takes more memory.</param>
sealed class MailboxSearch(MailboxModel model, bool asksForEnds = true)
{
    readonly Queue<MailboxState> _frontier = new();
    readonly Dictionary<ulong, int> _numbers = [];
    readonly List<(int From, byte Thread)> _ways = [];
    readonly List<int> _ends = [];

    // Every step from one state to another, for the question whether each can still come to an end.
    readonly List<(int From, int To)> _steps = [];

    /// <summary>How many states there are; as many as were seen when a promise was found broken.</summary>
    public int States => _ways.Count;

    /// <summary>The first broken promise and how it came about; null if none is.</summary>
    public string? Violation { get; private set; }

    public MailboxSearch Run()
    {
        Visit(model.Start(), -1, 0);
        for (var index = 0; Violation is null && _frontier.TryDequeue(out var state); index++)
        {
            Expand(state, index);
        }

        Violation ??= asksForEnds ? FindEndless() : null;
        return this;
    }

    void Expand(MailboxState state, int index)
    {
        var isEnd = true;
        for (byte thread = 0; thread < MailboxModel.ThreadCount; thread++)
        {
            var next = state;
            if (!model.Step(ref next, thread))
            {
                continue;
            }

            isEnd = false;
            Visit(next, index, thread);
            if (model.Violation is { } broken)
            {
                Violation = Tell(broken, index, thread);
                return;
            }
        }

        if (isEnd)
        {
            _ends.Add(index);
            if (model.CheckEnd(state) is { } wrong)
            {
                Violation = Tell(wrong, index, null);
            }
        }
    }

    void Visit(MailboxState state, int from, byte thread)
    {
        model.Canonicalize(ref state);
        var fingerprint = state.Fingerprint();
        if (!_numbers.TryGetValue(fingerprint, out var number))
        {
            number = _ways.Count;
            _numbers.Add(fingerprint, number);
            _frontier.Enqueue(state);
            _ways.Add((from, thread));
        }

        if (from >= 0 && asksForEnds)
        {
            _steps.Add((from, number));
        }
    }

    /// <summary>A state from which no end can be reached: somebody works for ever and gets nowhere.</summary>
    string? FindEndless()
    {
        // Steps in the order of where they lead to: starts[n] is where those to n begin.
        var starts = new int[States + 1];
        foreach (var (_, to) in _steps)
        {
            starts[to + 1]++;
        }

        for (var state = 0; state < States; state++)
        {
            starts[state + 1] += starts[state];
        }

        var sources = new int[_steps.Count];
        var next = starts.ToArray();
        foreach (var (from, to) in _steps)
        {
            sources[next[to]++] = from;
        }

        var endable = new bool[States];
        var queue = new Queue<int>(_ends);
        _ends.ForEach(end => endable[end] = true);
        while (queue.TryDequeue(out var state))
        {
            for (var step = starts[state]; step < starts[state + 1]; step++)
            {
                if (!endable[sources[step]])
                {
                    endable[sources[step]] = true;
                    queue.Enqueue(sources[step]);
                }
            }
        }

        var endless = Array.IndexOf(endable, false);
        return endless < 0 ? null : Tell("it can never end", endless, null);
    }

    /// <summary>A thread's step depends on nothing but the state: who took which step tells all.</summary>
    string Tell(string broken, int index, byte? last)
    {
        var threads = new Stack<byte>();
        if (last is { } thread)
        {
            threads.Push(thread);
        }

        for (; _ways[index].From >= 0; index = _ways[index].From)
        {
            threads.Push(_ways[index].Thread);
        }

        var story = new StringBuilder(broken).Append(", after").AppendLine();
        var state = model.Start();
        foreach (var who in threads)
        {
            story.Append(CultureInfo.InvariantCulture, $"  {MailboxModel.NameOf(who),-10} {state.Threads[who].At,-16}");
            model.Step(ref state, who);
            model.Canonicalize(ref state);
            story.AppendLine(CultureInfo.InvariantCulture, $" word {state.Word}, mail {state.Mail}, backlog {state.Backlog}, scheduled {state.Scheduled}");
        }

        return story.ToString();
    }
}
