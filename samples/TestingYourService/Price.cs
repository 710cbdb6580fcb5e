namespace TestingYourService;

/// <summary>What an item costs, and when it did.</summary>
public sealed record Price(decimal Amount, DateTimeOffset AsOf);
