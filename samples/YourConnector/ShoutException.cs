namespace YourConnector;

/// <summary>The server has refused a question. Its answer was read to the end, so that the connection is as good as before.</summary>
public sealed class ShoutException(string answer) : Exception($"The shouting server refuses: {answer}");
