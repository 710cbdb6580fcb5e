namespace ActorPool.Stress;

/// <summary>
/// A race, small enough that all its outcomes can be written down: what two or more actors do to one state at once, and
/// what may be seen of it afterwards. In the manner of OpenJDK's jcstress.
/// </summary>
/// <param name="name">Names it on the command line: its area, then what meets what.</param>
/// <param name="about">What its actors do, in a line.</param>
abstract class Scenario(string name, string about)
{
    public string Name { get; } = name;

    public string About { get; } = about;

    /// <summary>How many actors it has; 0 if it is for any number of them, who all do the same.</summary>
    public abstract int Actors { get; }

    /// <summary>Which outcomes are allowed with so many actors.</summary>
    public required Func<int, OutcomeTable> Outcomes { get; init; }

    /// <summary>Those who run it: so many threads, each an actor. Every crew has states of its own.</summary>
    public abstract Crew NewCrew(int actors, ulong seed, bool isCrowded);
}
