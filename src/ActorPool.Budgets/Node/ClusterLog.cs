using Microsoft.Extensions.Logging;

namespace ActorPool.Budgets.Node;

/// <summary>Log messages of budgets over many machines: ids 1000 to 1099. Next free id: 1014.</summary>
static partial class ClusterLog
{
    public static void Write(ILogger logger, string budget, string node, AgentNews news)
    {
        switch (news.Kind)
        {
            case AgentNewsKind.Joined:
                Joined(logger, budget, node, news.Count);
                break;
            case AgentNewsKind.JoinRefused:
                JoinRefused(logger, budget, node, news.Text);
                break;
            case AgentNewsKind.RenewalFailed:
                RenewalFailed(logger, budget, node, news.Count, news.Text);
                break;
            case AgentNewsKind.Renewed:
                Renewed(logger, budget, node, news.Count);
                break;
            case AgentNewsKind.CutOff:
                CutOff(logger, budget, node, news.Count);
                break;
            case AgentNewsKind.Fenced:
                Fenced(logger, budget, node, news.Node, news.Count);
                break;
            case AgentNewsKind.Reclaimed:
                Reclaimed(logger, budget, node, news.Count, news.Node);
                break;
            case AgentNewsKind.FenceUnconfirmed:
                FenceUnconfirmed(logger, budget, node, news.Node ?? "(unknown nodes)", news.Count, news.Text);
                break;
            case AgentNewsKind.WasFenced:
                WasFenced(logger, budget, node);
                break;
            case AgentNewsKind.Reconciling:
                Reconciling(logger, budget, node, news.Text);
                break;
            case AgentNewsKind.Reconciled:
                Reconciled(logger, budget, node, news.Count);
                break;
            case AgentNewsKind.Resized:
                Resized(logger, budget, node, news.Text, news.Count);
                break;
            default:
                Unreadable(logger, budget, node, news.Text);
                break;
        }
    }

    [LoggerMessage(1000, LogLevel.Information, "Budget '{Budget}': node '{Node}' has joined; {Grants} grants are shared.")]
    static partial void Joined(ILogger logger, string budget, string node, int grants);

    [LoggerMessage(1001, LogLevel.Warning, "Budget '{Budget}': node '{Node}' cannot join for now: {Why}. It tries again; until then its pools open nothing.")]
    static partial void JoinRefused(ILogger logger, string budget, string node, string? why);

    [LoggerMessage(1002, LogLevel.Warning, "Budget '{Budget}': node '{Node}' could not renew ({Failures} in a row): {Why}")]
    static partial void RenewalFailed(ILogger logger, string budget, string node, int failures, string? why);

    [LoggerMessage(1003, LogLevel.Information, "Budget '{Budget}': node '{Node}' renews again after {Failures} failures.")]
    static partial void Renewed(ILogger logger, string budget, string node, int failures);

    [LoggerMessage(1004, LogLevel.Error, "Budget '{Budget}': node '{Node}' is cut off: its deadline has passed, {Connections} connections close. They may be opened again when the engine answers.")]
    static partial void CutOff(ILogger logger, string budget, string node, int connections);

    [LoggerMessage(1005, LogLevel.Warning, "Budget '{Budget}': node '{Node}' has fenced off '{Silent}', which was silent for too long with {Grants} grants.")]
    static partial void Fenced(ILogger logger, string budget, string node, string? silent, int grants);

    [LoggerMessage(1006, LogLevel.Information, "Budget '{Budget}': node '{Node}' has freed the {Grants} grants of '{Silent}', whose connections are gone.")]
    static partial void Reclaimed(ILogger logger, string budget, string node, int grants, string? silent);

    [LoggerMessage(1007, LogLevel.Warning, "Budget '{Budget}': node '{Node}' could not confirm that the connections of '{Silent}' are gone ({Left} left; -1: not counted): {Why}")]
    static partial void FenceUnconfirmed(ILogger logger, string budget, string node, string silent, int left, string? why);

    [LoggerMessage(1008, LogLevel.Warning, "Budget '{Budget}': node '{Node}' was silent for too long, and has lost its grants to the others. It joins again.")]
    static partial void WasFenced(ILogger logger, string budget, string node);

    [LoggerMessage(1009, LogLevel.Warning, "Budget '{Budget}': node '{Node}' sees that the engine may have lost writes ({What}): nothing is granted until all have said what they hold.")]
    static partial void Reconciling(ILogger logger, string budget, string node, string? what);

    [LoggerMessage(1010, LogLevel.Information, "Budget '{Budget}': node '{Node}' lets grants flow again; {Free} are free.")]
    static partial void Reconciled(ILogger logger, string budget, string node, int free);

    [LoggerMessage(1011, LogLevel.Warning, "Budget '{Budget}': node '{Node}' changes the number of shared grants from {Old} to {New}, as its options say.")]
    static partial void Resized(ILogger logger, string budget, string node, string? old, int @new);

    [LoggerMessage(1012, LogLevel.Error, "Budget '{Budget}': node '{Node}' cannot read the record '{Key}': it is none of this version's.")]
    static partial void Unreadable(ILogger logger, string budget, string node, string? key);

    [LoggerMessage(1013, LogLevel.Debug, "Budget '{Budget}': the watch of node '{Node}' is broken, and begins anew.")]
    public static partial void WatchBroken(ILogger logger, Exception? error, string budget, string node);
}
