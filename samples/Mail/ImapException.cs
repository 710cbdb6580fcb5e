namespace Mail;

/// <summary>The server has refused a command, in an answer that was read to its end: the session is as good as before.</summary>
sealed class ImapException(string answer) : Exception($"The mail server answers: {answer}")
{
    /// <summary>Its status and text, such as <c>NO [NONEXISTENT] Unknown Mailbox</c>.</summary>
    public string Answer { get; } = answer;
}
