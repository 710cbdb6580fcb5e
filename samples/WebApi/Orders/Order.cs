namespace WebApi.Orders;

/// <summary>What was ordered.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Item">What.</param>
/// <param name="Quantity">How many.</param>
public sealed record Order(int Id, string Item, int Quantity);
