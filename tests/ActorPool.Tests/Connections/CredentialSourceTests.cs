using ActorPool.Connections;
using ActorPool.TestKit;

namespace ActorPool.Tests.Connections;

/// <summary>One question at a time, one answer for all who ask, and no provider that keeps silent for ever.</summary>
public sealed class CredentialSourceTests
{
    readonly VirtualRuntime _world = new();
    readonly List<TaskCompletionSource<Credentials>> _questions = [];

    [Fact]
    public void Those_who_ask_while_a_question_is_under_way_share_its_answer()
    {
        var source = Source();
        var first = source.GetAsync(CancellationToken.None);
        var second = source.GetAsync(CancellationToken.None);
        _world.Run();

        Answer("secret");

        Assert.Single(_questions);
        Assert.Same(first.Result, second.Result);
        Assert.Equal(1, first.Result.Version);
    }

    [Fact]
    public void An_answer_is_kept_until_it_wants_to_be_renewed()
    {
        var source = Source();
        _ = source.GetAsync(CancellationToken.None);
        _world.Run();
        Answer("secret", renewInSeconds: 10);

        Assert.Equal("secret", source.GetAsync(CancellationToken.None).Result.Credentials.Secret);
        _world.Advance(TimeSpan.FromSeconds(10));
        Assert.False(source.GetAsync(CancellationToken.None).IsCompleted);
        _world.Run();
        Assert.Equal(2, _questions.Count);
    }

    [Theory]
    [InlineData("secret", 1)]
    [InlineData("another", 2)]
    public void Only_an_answer_that_differs_has_a_new_number(string secret, int version)
    {
        var source = Source();
        _ = source.GetAsync(CancellationToken.None);
        _world.Run();
        Answer("secret");
        var second = source.GetAsync(CancellationToken.None);
        _world.Run();

        Answer(secret);

        Assert.Equal(version, second.Result.Version);
    }

    [Fact]
    public void A_provider_that_keeps_silent_is_asked_again_by_who_comes_later()
    {
        var source = Source();
        var first = source.GetAsync(CancellationToken.None);
        _world.Run();
        _world.Advance(TimeSpan.FromSeconds(5));

        var second = source.GetAsync(CancellationToken.None);
        _world.Run();
        Answer("secret");

        Assert.True(second.IsCompletedSuccessfully);
        Assert.False(first.IsCompleted);
    }

    [Fact]
    public void Who_gives_up_does_not_take_the_answer_from_the_others()
    {
        var source = Source();
        using var cancellation = new CancellationTokenSource();
        var first = source.GetAsync(cancellation.Token);
        var second = source.GetAsync(CancellationToken.None);
        _world.Run();

        cancellation.Cancel();
        Answer("secret");

        Assert.True(first.IsCanceled);
        Assert.True(second.IsCompletedSuccessfully);
    }

    CredentialSource Source() => new(
        CredentialProvider.Create((_, _) =>
        {
            _questions.Add(new TaskCompletionSource<Credentials>());
            return new ValueTask<Credentials>(_questions[^1].Task);
        }),
        endpoint: null,
        _world.Runtime.System.Clock,
        _world.Dispatcher,
        patienceMs: 5_000);

    void Answer(string secret, int? renewInSeconds = null)
    {
        var renewAt = renewInSeconds is { } seconds ? _world.Time.GetUtcNow() + TimeSpan.FromSeconds(seconds) : (DateTimeOffset?)null;
        var question = _questions[^1];
        _world.Dispatcher.Execute(new Work(() => question.SetResult(new Credentials("app", secret, renewAt))));
        _world.Run();
    }

    sealed class Work(Action work) : IThreadPoolWorkItem
    {
        public void Execute() => work();
    }
}
