using System.Globalization;
using ActorPool.AkkaNet.Messaging;
using ActorPool.Budgets;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>What is said when the cluster does not keep a budget; one line.</summary>
static class KeeperErrors
{
    const string MayHave = "The transaction may have been carried out all the same.";

    public static string TooFew(AkkaGrantStoreOptions options, RoleMembers members) => Text(
        $"Budgets are kept by {options.QuorumSize} members{OfRole(options)} at least (akka.actorpool.cluster.quorum-size), and {members.Reachable} of {members.All.Count} can be reached: nothing is granted.");

    public static string TooMany(AkkaGrantStoreOptions options, RoleMembers members) => Text(
        $"There are {members.All.Count} members{OfRole(options)}, and with quorum-size = {options.QuorumSize} at most {(2 * options.QuorumSize) - 1} may be (akka.actorpool.cluster.quorum-size): if they split, both sides could go on, so nothing is granted. Have fewer, of a role of their own, or raise quorum-size to {(members.All.Count / 2) + 1} on all of them.");

    public static GrantStoreException NotConfirmed(AkkaGrantStoreOptions options, RoleMembers members, int answered, string? refusal) => new(Text(
        $"{answered} of {options.QuorumSize} members{OfRole(options)} that are needed (akka.actorpool.cluster.quorum-size) answered the keeper within {options.WriteTimeout.TotalSeconds:0.###} s (write-timeout); {members.Reachable} of {members.All.Count} count as reachable.{(refusal is null ? "" : $" {refusal}")} {MayHave}"));

    public static GrantStoreException TooLarge(string budget, int size, int max) => new(Text(
        $"The records of budget '{budget}' take {size} bytes, and {max} fit into one message between members ({FrameSize.Key}): nothing was written."));

    public static string AnswerTooLarge(string budget, int size, int max, bool hasWritten) => Text(
        $"The records of budget '{budget}' that were asked for take {size} bytes, and {max} fit into one message between members ({FrameSize.Key}): {(hasWritten ? "what was to be written is written, but the answer cannot be sent." : "the answer cannot be sent.")}");

    public static string Superseded(string told) => $"{told} {MayHave}";

    public static string Failed(Exception error) => $"The keeper of the budgets has failed: {error.Message.ReplaceLineEndings(" ")} {MayHave}";

    public static string Moves() => $"The keeper of the budgets moves to another member. {MayHave}";

    public static string NoMember(MemberId keeper) => $"{keeper.Address} is no member any more, as others see it.";

    public static GrantStoreException NoAnswer(AkkaGrantStoreOptions options, RoleMembers members) => new(members.All.Count == 0
        ? Text($"This node sees no member{OfRole(options)} that keeps the budgets (akka.actorpool.cluster.role): it has not joined its cluster yet, or no such member has.")
        : Text($"The keeper of the budgets did not answer within {options.RequestTimeout.TotalSeconds:0.###} s (akka.actorpool.cluster.request-timeout): {members.Reachable} of {members.All.Count} members{OfRole(options)} can be reached from here, and {options.QuorumSize} are needed (quorum-size). {MayHave}"));

    public static GrantStoreException HasLeft() => new(
        "This node is no member of its cluster any more: it has left, or was downed. Its actor system has to be started anew.");

    static string OfRole(AkkaGrantStoreOptions options) => options.Role.Length == 0 ? "" : $" of role '{options.Role}'";

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
