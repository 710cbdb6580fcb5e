using ActorPool.Redis.Errors;
using ActorPool.Redis.Protocol;

namespace ActorPool.Redis.Connections;

/// <summary>
/// The first commands of a connection, sent together: the protocol and the login, the name, the database, and a PING,
/// since a server that still loads its data takes all the others.
/// </summary>
sealed class Handshake(RedisSettings settings, Credentials? credentials)
{
    readonly string? _user = credentials is null ? settings.UserName : credentials.UserName;
    readonly string? _secret = credentials is null ? settings.Password : credentials.Secret;
    readonly List<string> _steps = [];

    /// <summary>How many replies there are.</summary>
    public int Steps => _steps.Count;

    bool LogsIn => _user is not null || _secret is not null;

    public void WriteTo(CommandBuffer commands)
    {
        if (settings.Protocol == RedisProtocol.Resp3)
        {
            SayHello(commands);
        }
        else
        {
            LogIn(commands);
        }

        if (settings.Database != 0)
        {
            _steps.Add($"database {settings.Database} (SELECT)");
            commands.Add("SELECT", [settings.Database]);
        }

        _steps.Add(Ping);
        commands.Add(Ping, []);
    }

    /// <summary>Whether the server agrees.</summary>
    /// <exception cref="RedisErrorException">It does not.</exception>
    public void Check(int step, in RedisReply reply)
    {
        if (!reply.IsError)
        {
            return;
        }

        var error = reply.ToException();
        if (_steps[step] != Ping || error.Code != "NOPERM")
        {
            throw RedisErrors.HandshakeRefused(settings.Endpoint, _steps[step], error, _secret);
        }
    }

    const string Ping = "PING";

    void SayHello(CommandBuffer commands)
    {
        List<RedisArgument> arguments = [3];
        if (LogsIn)
        {
            arguments.AddRange("AUTH", _user ?? "default", _secret ?? "");
        }

        if (settings.ClientName is { } name)
        {
            arguments.AddRange("SETNAME", name);
        }

        _steps.Add(LogsIn ? $"RESP3 or the login of {User} (HELLO)" : "RESP3 (HELLO)");
        commands.Add("HELLO", arguments.ToArray());
    }

    void LogIn(CommandBuffer commands)
    {
        if (LogsIn)
        {
            _steps.Add($"the login of {User} (AUTH)");
            commands.Add("AUTH", _user is null ? [_secret] : [_user, _secret ?? ""]);
        }

        if (settings.ClientName is { } name)
        {
            _steps.Add("the name of the connection (CLIENT SETNAME)");
            commands.Add("CLIENT", ["SETNAME", name]);
        }
    }

    string User => _user is null ? "the default user" : $"user '{_user}'";
}
