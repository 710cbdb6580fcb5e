using System.CommandLine;
using ActorPool;
using Mail;

var server = new Option<string>("--server") { Description = "The IMAP server, host or host:port.", HelpName = "host:port", Required = true };
var user = new Option<string>("--user") { Description = "Whose mail. The password is taken from the variable MAIL_PASSWORD.", Required = true };
var caFile = new Option<string?>("--ca-file") { Description = "The CA that has signed the server's certificate. [default: those of the system]", HelpName = "file" };
var tls = new Option<StartTlsPolicy>("--tls") { Description = "Required, or Preferred: without TLS the login goes in the clear." };
var seconds = new Option<int>("--seconds") { Description = "For how long.", DefaultValueFactory = _ => 5 };
var command = new RootCommand("Eight workers count the messages of the inbox over three sessions that are kept open.") { server, user, caFile, tls, seconds };
command.SetAction((arguments, cancellationToken) =>
{
    var endpoint = Endpoint.Parse(arguments.GetRequiredValue(server));
    return RunAsync(
        new MailAccount
        {
            Host = endpoint.Host,
            Port = endpoint.Port > 0 ? endpoint.Port : 143,
            User = arguments.GetRequiredValue(user),
            Password = Environment.GetEnvironmentVariable("MAIL_PASSWORD") ?? "",
            CaFile = arguments.GetValue(caFile),
            Tls = arguments.GetValue(tls),
        },
        TimeSpan.FromSeconds(arguments.GetValue(seconds)),
        cancellationToken);
});
return await command.Parse(args).InvokeAsync();

static async Task<int> RunAsync(MailAccount account, TimeSpan duration, CancellationToken cancellationToken)
{
    // always full, as geventconnpool's: three sessions, opened at once, replaced when they break, kept alive by NOOP
    await using var pool = ConnectionPool.Create(new ImapConnector(account), new PoolOptions
    {
        Name = "mail",
        MinSize = 3,
        MaxSize = 3,
        KeepaliveInterval = TimeSpan.FromSeconds(30),
        Order = IdleOrder.Fifo,
        Retry = new RetryOptions { MaxAttempts = 3 },
    });

    using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    end.CancelAfter(duration);
    try
    {
        var messages = await pool.UseAsync((session, token) => session.CountAsync("INBOX", token), cancellationToken);
        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CountAsync(pool, end.Token)));
        Console.WriteLine($"{messages} messages; asked {counts.Sum()} times by 8 workers over {pool.Snapshot().Opened} sessions.");
        return 0;
    }
    catch (PoolException error)
    {
        Console.Error.WriteLine($"Mail: {error.Message}");
        return 1;
    }
}

static async Task<int> CountAsync(ConnectionPool<ImapSession> pool, CancellationToken cancellationToken)
{
    for (var count = 0; ; count++)
    {
        try
        {
            await pool.UseAsync((session, token) => session.CountAsync("INBOX", token), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return count;
        }
    }
}
