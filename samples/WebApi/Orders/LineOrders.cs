using System.Globalization;
using System.Text;
using ActorPool;

namespace WebApi.Orders;

/// <summary>
/// Orders at a server that speaks lines: <c>ADD item quantity</c> and <c>GET id</c>. Shows how a protocol of one's own rides on
/// leased streams: one exchange is one use of a connection.
/// </summary>
public sealed class LineOrders(IConnectionPool<Stream> pool) : IOrders
{
    public async Task<Order?> FindAsync(int id, CancellationToken cancellationToken) =>
        Parse(await AskAsync(string.Create(CultureInfo.InvariantCulture, $"GET {id}"), cancellationToken));

    public async Task<Order> AddAsync(string item, int quantity, CancellationToken cancellationToken) =>
        Parse(await AskAsync(string.Create(CultureInfo.InvariantCulture, $"ADD {Uri.EscapeDataString(item)} {quantity}"), cancellationToken))!;

    ValueTask<string> AskAsync(string question, CancellationToken cancellationToken) => pool.UseAsync(
        static async (stream, question, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(question + "\n"), token);
            using var answer = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            return await answer.ReadLineAsync(token) ?? throw new EndOfStreamException("The order server has closed the connection.");
        },
        question,
        cancellationToken);

    static Order? Parse(string answer) => answer.Split(' ') is [var id, var item, var quantity]
        ? new Order(int.Parse(id, CultureInfo.InvariantCulture), Uri.UnescapeDataString(item), int.Parse(quantity, CultureInfo.InvariantCulture))
        : null;
}
