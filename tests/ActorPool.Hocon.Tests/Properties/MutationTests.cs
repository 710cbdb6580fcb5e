using System.Diagnostics;
using Xunit.Abstractions;

namespace ActorPool.Hocon.Tests.Properties;

/// <summary>Whatever a text is, it is read or refused: 100,000 of them. The seed is printed; set HOCON_SEED to replay one.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    const int Count = 100_000;
    static readonly TimeSpan LongestAllowed = TimeSpan.FromSeconds(5);

    [Fact]
    public void The_documents_that_are_mutated_are_valid() =>
        Assert.All(Corpus.Documents, document => HoconParser.Parse(document, Corpus.Options));

    [Fact]
    public void A_mutated_text_is_a_value_or_a_HoconException()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("HOCON_SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"HOCON_SEED={seed}");
        var mutation = new Mutation(new Random(seed));
        var options = Corpus.Options;
        var (read, longest) = (0, TimeSpan.Zero);
        for (var number = 0; number < Count; number++)
        {
            var text = mutation.Next(Corpus.Documents);
            var started = Stopwatch.GetTimestamp();
            try
            {
                var value = HoconParser.Parse(text, options);
                read++;
                if (number % 8 == 0)
                {
                    Assert.Equal(value.Render(), Hocon.Json(value.Render(), new() { MaxDepth = 2_000 }));
                }
            }
            catch (HoconException error)
            {
                Assert.True(error.Line > 0 && error.Column > 0 && error.Message.Length < 2_000 && !error.Message.Contains('\n', StringComparison.Ordinal), error.Message);
            }
            catch (Exception error)
            {
                Assert.Fail($"HOCON_SEED={seed}, text {number}: {error.GetType().Name}: {error.Message}\n{error.StackTrace}\n\n{text}");
            }

            var took = Stopwatch.GetElapsedTime(started);
            longest = took > longest ? took : longest;
            Assert.True(took < LongestAllowed, $"HOCON_SEED={seed}, text {number} took {took}:\n{text}");
        }

        output.WriteLine($"{read} of {Count} were read, the others refused; the longest took {longest.TotalMilliseconds:f1} ms");
        Assert.InRange(read, Count / 100, Count * 9 / 10);
    }
}
