using System.Text;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>
/// The spellings of an option's name: <c>MaxSize</c> in C#, <c>max-size</c> in HOCON, <c>maxSize</c> in JSON, <c>MAXSIZE</c>
/// in an environment variable. All are one name.
/// </summary>
static class OptionName
{
    /// <summary>As HOCON is written: <c>max-size</c>.</summary>
    public static string Kebab(string name)
    {
        var kebab = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && kebab.Length > 0 && kebab[^1] != '-')
            {
                kebab.Append('-');
            }

            kebab.Append(char.ToLowerInvariant(letter));
        }

        return kebab.ToString();
    }

    /// <summary>What all spellings of a name have in common: its letters and digits, in lower case.</summary>
    public static string Normal(string name)
    {
        var normal = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (letter is not ('-' or '_' or '.' or ' '))
            {
                normal.Append(char.ToLowerInvariant(letter));
            }
        }

        return normal.ToString();
    }
}
