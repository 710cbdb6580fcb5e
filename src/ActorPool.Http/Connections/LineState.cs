namespace ActorPool.Http.Connections;

/// <summary>What became of the stream below a connection: whether the present request has been written to it, and whether the handler on top has closed it.</summary>
sealed class LineState(OpenContext context, string endpoint)
{
    volatile bool _isWritten;
    volatile bool _isClosed;
    volatile bool _isRetired;

    /// <summary>Whether anything was written since the last lease began.</summary>
    public bool IsWritten
    {
        get => _isWritten;
        set => _isWritten = value;
    }

    /// <summary>The pool's clock.</summary>
    public TimeProvider TimeProvider => context.TimeProvider;

    /// <summary>Whether nobody can use the connection any more.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>The pool closes the connection: that the handler does too is no news.</summary>
    public void Retire() => _isRetired = true;

    /// <summary>
    /// The handler has closed its stream: because the server asked for it, because of an error, or since the rest of a body was
    /// left unread.
    /// </summary>
    public void Close()
    {
        _isClosed = true;
        if (!_isRetired)
        {
            context.Condemn(new IOException(
                $"{endpoint}: HTTP closed the connection: it was broken or cancelled, the body of an answer was left unread, or the server asked for it (Connection: close, GOAWAY)."));
        }
    }
}
