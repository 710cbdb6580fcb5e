namespace TestingYourService;

/// <summary>A connection to a server of prices. The one for production speaks TCP; it is not part of this sample.</summary>
public interface IPriceConnection
{
    /// <summary>Asks what an item costs.</summary>
    ValueTask<decimal> AskAsync(string item, CancellationToken cancellationToken);

    /// <summary>Says what an item costs from now on.</summary>
    ValueTask ChangeAsync(string item, decimal amount, CancellationToken cancellationToken);
}
