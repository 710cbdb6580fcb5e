using System.Globalization;
using System.Net.Sockets;
using ActorPool.Net;

namespace ActorPool.Budgets.Etcd;

/// <summary>What is said when an etcd does not do what it was asked for; one line, without secrets.</summary>
static class EtcdErrors
{
    public static GrantStoreException NoMember(IReadOnlyList<EtcdMember> members, Exception? cause) => new(
        members.Min(static member => member.Remaining) is var remaining && cause is null
            ? string.Create(CultureInfo.InvariantCulture, $"etcd was tried a moment ago and is tried again in {Math.Max(1, (int)remaining.TotalMilliseconds)} ms at the earliest. {LastErrors(members)}")
            : $"No member of etcd serves (EtcdGrantStoreOptions.Endpoints). {LastErrors(members)}",
        cause);

    public static GrantStoreException Failed(EtcdMember member, Exception error) => new(Describe(member, error), error);

    public static GrantStoreException WatchEnded(EtcdMember member, string reason) => new($"etcd at {member.Name}: the watch has ended: {Line(reason)}.");

    /// <summary>What happened at one member.</summary>
    public static string Describe(EtcdMember member, Exception error) => error switch
    {
        EtcdRefusedException refused => $"etcd at {member.Name} refused: {Line(refused.Message)} (gRPC code {refused.Code}).{Hint(refused)}",
        HttpRequestException { InnerException: TlsFailedException tls } => $"{Line(tls.Message)} (EtcdGrantStoreOptions.Tls).",
        HttpRequestException { InnerException: SocketException socket } => $"etcd at {member.Name} was not reached: {Line(socket.Message)}.",
        HttpRequestException { InnerException: { } inner } => $"etcd at {member.Name}: {Line(error.Message)} {Line(inner.Message)}.",
        OperationCanceledException => $"etcd at {member.Name} was not reached in time (EtcdGrantStoreOptions.ConnectTimeout).",
        _ => $"etcd at {member.Name}: {Line(error.Message)}.",
    };

    static string Hint(EtcdRefusedException refused) => refused switch
    {
        { Message: var said } when said.Contains("authentication failed", StringComparison.Ordinal) => " Look at UserName and Password of EtcdGrantStoreOptions.",
        { IsOfToken: true } => " The cluster wants a login: set UserName and Password of EtcdGrantStoreOptions.",
        { Code: GrpcCodes.PermissionDenied } => " The user needs the permission to read and write what begins with EtcdGrantStoreOptions.KeyPrefix.",
        _ => "",
    };

    static string LastErrors(IReadOnlyList<EtcdMember> members) =>
        string.Join(' ', members.Select(static member => member.LastError).Where(static error => error.Length > 0));

    static string Line(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
