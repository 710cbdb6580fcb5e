namespace WebApi.Orders;

/// <summary>Where orders are kept.</summary>
public interface IOrders
{
    /// <summary>The order of a number; null if there is none.</summary>
    Task<Order?> FindAsync(int id, CancellationToken cancellationToken);

    /// <summary>Takes an order.</summary>
    Task<Order> AddAsync(string item, int quantity, CancellationToken cancellationToken);
}
