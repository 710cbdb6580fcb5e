namespace ActorPool.Hocon.Tests.Properties;

/// <summary>Valid documents that between them have everything that the specification has.</summary>
static class Corpus
{
    public static readonly string[] Documents =
    [
        """{"ints": {"a": 42, "b": -1.5e+3}, "strings": ["x", "\u00e9\n\"", ""], "other": [true, false, null, {}, []]}""",
        """
        # comments and all
        actorpool {
          max-size = 32 // default
          pools { echo { tcp { host = "echo.internal", port = 7 } }, cache.redis.url = "rediss://cache:6380/0"
          } }
        actorpool.pools.echo.max-size += 1
        """,
        "a = foo bar 1.2.3 \"quoted ${no}\" ${?b.c} baz\nb { c = null }\nd = 10e+3x, e = -, f = truefalse",
        "base { x = 1, l = [1, 2] }\nchild = ${base} { x = 2, l = ${base.l} [3] }\nchild.l += 4\nall = [${base}, ${child} {y: 5}]",
        "path = [/bin]\npath = ${path} [/usr/bin]\npath += /opt\ntext = a\ntext = ${text}b${text}\nopt = ${?opt}c",
        "a = \"\"\"three\n\"quotes\" \\n \"\"\"\"\nb = \"\"\"\"\"\"\n\"c.d\".\"\" = [ [1 2] [3]\n [4] ]",
        "include \"b.conf\"\no { include required(file(\"c.json\")), include \"d\" }\ninclude \"missing\"\nx = ${y}",
        "bar : { foo : 42, baz : ${bar.foo} }, bar : { foo : 43 }\nfoo : { c : ${bar.baz}, d : 2 }\nfoo.d = 4, foo.e = ${foo.d}",
        "l = ${ENV[]} [x], v = ${ENV_0}${?ENV_9}, n { \"1\" = b, \"0\" = a }, m = ${n} [c], w = [{a += 1, a += 2}]",
        "\ufeff\u00a0a\u2003=\u3000b\u2028\r\n[\"x\", 'y'] = 1".Replace("[\"x\", 'y'] = 1", "c\t:\v{\f}", StringComparison.Ordinal),
        "a { b { c { d { e { f : [[[[{g: [1,\n2,,]}]]]] } } } } }".Replace(",,", ",", StringComparison.Ordinal),
        "x=1,y=${x}${x},z=${y}${y},o={a:${z},b:${?o.a},c:[${o.a},${z}]},p=${o}${o}{d:${o.c}}",
    ];

    public static readonly MemoryFiles Files = new()
    {
        ["b.conf"] = "y = 1, x = ${y}, include \"c.json\"",
        ["c.json"] = """{"j": [1, {"k": "v"}], "y": 2}""",
        ["d.properties"] = "p.q=1\n p.r : \\u0041\\\n  x\n#c\np=0",
        ["d.conf"] = "p.q = ${p.r}",
    };

    public static HoconOptions Options => new()
    {
        Environment = name => name is "ENV_0" or "ENV_1" ? name : null,
        FileProvider = Files,
        MaxExpansion = 2_000,
    };
}
