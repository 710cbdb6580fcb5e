namespace ActorPool.Mutations;

/// <summary>An acquire on its way through a replica group.</summary>
static class RouteMutations
{
    const string Route = "src/ActorPool/Routing/RoutedAcquire.cs";

    public static Mutation[] All { get; } =
    [
        new("A route that was served is answered again by who comes second", Route,
            "else if (_done || !_choice.MayServe(attempt.Member.Role, _role))",
            "else if (!_choice.MayServe(attempt.Member.Role, _role))"),
        new("A lease that comes second is never returned", Route,
            """
                        Start(attempt.Return());

            """,
            ""),
        new("A lease of a member in the wrong role is handed out", Route,
            "else if (_done || !_choice.MayServe(attempt.Member.Role, _role))",
            "else if (_done)"),
        new("A route that has ended goes on waiting at members", Route,
            """
                        Start(attempt.Cancellation());

            """,
            """
                        _ = attempt;

            """),
        new("A route waits for ever", Route,
            """
                        StartTimer((int)Timer.Expires, _timeoutMs, RouteMessage.Command(RouteRequest.Expired));

            """,
            ""),
        new("A route whose member failed asks no other", Route,
            """
                    FindSomebody();
                }

                /// <summary>Nobody in particular is waited for
            """,
            """
                }

                /// <summary>Nobody in particular is waited for
            """),
        new("A cancelled route waits on", Route,
            """
                        case RouteRequest.Cancelled when !_done:
                            End(RouteOutcome.Cancelled);
            """,
            """
                        case RouteRequest.Cancelled when !_done:
                            LookAgain();
            """),
    ];
}
