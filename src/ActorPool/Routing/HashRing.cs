using System.Globalization;

namespace ActorPool.Routing;

/// <summary>
/// Members on a circle, each at many places, so that a key belongs to the first place after it (Karger et al.,
/// <i>Consistent Hashing and Random Trees</i>, 1997). Hashes are the same in every process.
/// </summary>
sealed class HashRing
{
    /// <summary>With so many places the members' shares differ by some eight per cent (one over the root of it).</summary>
    const int PlacesPerMember = 160;

    readonly ulong[] _places;
    readonly int[] _owners;

    public HashRing(IReadOnlyList<string> members)
    {
        _places = new ulong[members.Count * PlacesPerMember];
        _owners = new int[_places.Length];
        for (var i = 0; i < _places.Length; i++)
        {
            var member = i / PlacesPerMember;
            _owners[i] = member;
            _places[i] = Hash(string.Create(CultureInfo.InvariantCulture, $"{members[member]}#{i % PlacesPerMember}"));
        }

        Array.Sort(_places, _owners);
    }

    /// <summary>How many places there are.</summary>
    public int Count => _places.Length;

    /// <summary>The place that a key belongs to.</summary>
    public int Find(string key)
    {
        var place = Array.BinarySearch(_places, Hash(key));
        return place >= 0 ? place : ~place % _places.Length;
    }

    /// <summary>Which member is at a place; places are counted on past the end.</summary>
    public int OwnerAt(int place) => _owners[place % _owners.Length];

    /// <summary>FNV-1a over the characters, then the finalizer of MurmurHash3, which spreads what FNV leaves close together.</summary>
    static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return hash ^ (hash >> 33);
    }
}
