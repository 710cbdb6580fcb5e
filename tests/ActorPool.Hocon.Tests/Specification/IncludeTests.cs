namespace ActorPool.Hocon.Tests.Specification;

/// <summary>The sections on <i>Includes</i> and <i>Java properties mapping</i>.</summary>
public sealed class IncludeTests : IDisposable
{
    readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("include \"b.conf\"")]
    [InlineData("include\"b.conf\"")]
    [InlineData("include \n # so\n \"b.conf\"")]
    [InlineData("include // so\n \"b.conf\"")]
    [InlineData("{ include \"b.conf\", }")]
    [InlineData("include file(\"b.conf\")")]
    [InlineData("include file( \n \"b.conf\" )")]
    [InlineData("include required(\"b.conf\")")]
    [InlineData("include required( file( \"b.conf\" ) \n )")]
    [InlineData("include \"./sub/../b.conf\"")]
    [InlineData("include \"b\"")]
    public void A_file_is_included(string statement)
    {
        _folder.Write("b.conf", "x = 1");
        _folder.Write("a.conf", statement);

        Assert.Equal("""{"x":1}""", _folder.Json("a.conf"));
    }

    [Theory]
    [InlineData("include b", 9)]
    [InlineData("include", 8)]
    [InlineData("include : 1", 9)]
    [InlineData("{ include }", 11)]
    [InlineData("include = 1", 9)]
    [InlineData("include {}", 9)]
    [InlineData("include ${x}", 9)]
    [InlineData("include file(b)", 14)]
    [InlineData("include file(\"b\"", 17)]
    [InlineData("include required(\"b\" \"c\")", 22)]
    [InlineData("include required (\"b\")", 9)]
    [InlineData("include \"b\" \"c\"", 13)]
    [InlineData("include \"b\" : 10", 13)]
    [InlineData("include \"\"", 9)]
    [InlineData("include \"a\\u0000b\"", 9)]
    public void What_is_no_name_is_refused(string statement, int column)
    {
        _folder.Write("a.conf", statement);

        Assert.Equal(column, _folder.Refused("a.conf").Column);
    }

    [Fact]
    public void An_included_file_merges_where_the_statement_is()
    {
        _folder.Write("b.conf", "x = 2, o { b = 2, c = 2 }");
        _folder.Write("a.conf", "i { x = 1, o { a = 1, b = 1 }\n include \"b.conf\"\n o { c = 3 } }");

        Assert.Equal("""{"i":{"x":2,"o":{"a":1,"b":2,"c":3}}}""", _folder.Json("a.conf"));
    }

    [Fact]
    public void Substitutions_look_from_the_root_of_their_file_first_and_then_from_that_of_all()
    {
        _folder.Write("foo.conf", "x = 10, y = ${x}, z = ${top}, both = ${name}, v = ${HOCON_V}");
        _folder.Write("a.conf", "a { include \"foo.conf\" }\na { x = 42 }\ntop = t, name = outer, a.name = inner");

        Assert.Equal(
            """{"a":{"x":42,"y":42,"z":"t","both":"inner","v":"e","name":"inner"},"top":"t","name":"outer"}""",
            HoconParser.ParseFile(_folder["a.conf"], Hocon.With(("HOCON_V", "e"))).Render());
    }

    [Fact]
    public void Self_references_of_an_included_file_look_back_over_the_including_one()
    {
        _folder.Write("b.conf", "path = ${path} [b], list += 2, text = ${?text}b");
        _folder.Write("a.conf", "o { path = [a], list = [1], text = a, include \"b.conf\"\n path = ${o.path} [c] }");

        Assert.Equal("""{"o":{"path":["a","b","c"],"list":[1,2],"text":"ab"}}""", _folder.Json("a.conf"));
    }

    [Fact]
    public void Nested_includes_are_relative_to_the_file_they_are_in()
    {
        _folder.Write("sub/b.conf", "b { include \"deep/c.conf\" }");
        _folder.Write("sub/deep/c.conf", "include \"../d.conf\"\nfrom = ${x}");
        _folder.Write("sub/d.conf", "x = d");
        _folder.Write("a.conf", "a { include \"sub/b.conf\" }");

        Assert.Equal("""{"a":{"b":{"x":"d","from":"d"}}}""", _folder.Json("a.conf"));
    }

    [Fact]
    public void A_file_in_file_is_relative_to_the_first_file()
    {
        _folder.Write("sub/b.conf", "include file(\"c.conf\")");
        _folder.Write("sub/c.conf", "x = wrong");
        _folder.Write("c.conf", "x = right");
        _folder.Write("a.conf", "include \"sub/b.conf\"");

        Assert.Equal("""{"x":"right"}""", _folder.Json("a.conf"));
    }

    [Fact]
    public void Absolute_paths_file_urls_and_files_further_up_are_found()
    {
        var absolute = _folder.Write("other/.hidden.conf", "x = 1");
        _folder.Write("up.conf", "z = 3");
        _folder.Write("main/a.conf", $"include \"{absolute}\"\nw {{ include url(\"{new Uri(absolute)}\") }}\ninclude \"../up\"");

        Assert.Equal("""{"x":1,"w":{"x":1},"z":3}""", _folder.Json("main/a.conf"));
    }

    [Fact]
    public void Includes_work_in_objects_of_arrays()
    {
        _folder.Write("b.conf", "x = 1, y = ${x}, z = ${top}");
        _folder.Write("a.conf", "top = t, l = [ { include \"b.conf\" } { x = 2 } ]");

        Assert.Equal("""{"top":"t","l":[{"x":2,"y":2,"z":"t"}]}""", _folder.Json("a.conf"));
    }

    [Fact]
    public void An_error_is_one_line_also_if_a_name_has_several()
    {
        _folder.Write("a.conf", "include required(\"\"\"no\nsuch file\"\"\")");

        Assert.Equal(
            "a.conf:1:18: the required file 'no\\u000asuch file' is not there",
            _folder.WithoutPath(_folder.Refused("a.conf").Message).Split(';')[0]);
    }

    [Fact]
    public void A_missing_file_is_nothing_unless_it_is_required()
    {
        _folder.Write("a.conf", "x = 1\ninclude \"no.conf\"\ninclude \"no/such/folder/no\"");
        _folder.Write("sub/b.conf", "x = 1\ninclude required(\"no\")");

        Assert.Equal("""{"x":1}""", _folder.Json("a.conf"));
        Assert.Equal(
            "sub/b.conf:2:18: the required file 'no' is not there; looked for sub/no.properties, sub/no.json, sub/no.hocon, sub/no.conf",
            _folder.WithoutPath(_folder.Refused("sub/b.conf").Message));
    }

    [Fact]
    public void A_name_without_an_extension_stands_for_all_kinds_of_files_and_hocon_wins()
    {
        _folder.Write("b.properties", "p=1\nj=1\nc=1");
        _folder.Write("b.json", """{"j": 2, "c": 2}""");
        _folder.Write("b.conf", "c = 3");
        _folder.Write("b", "this is the program");
        _folder.Write("b.txt", "t = 4");
        _folder.Write("a.conf", "include \"b\"\ninclude \"b.txt\"");

        Assert.Equal("""{"p":"1","j":2,"c":3,"t":4}""", _folder.Json("a.conf"));
    }

    [Fact]
    public void An_included_array_is_refused()
    {
        _folder.Write("b.conf", "# so\n [1]");
        _folder.Write("a.conf", "include \"b.conf\"");

        Assert.Equal("b.conf:2:2: expected an object in an included file, found an array", _folder.WithoutPath(_folder.Refused("a.conf").Message));
    }

    [Fact]
    public void A_circle_of_includes_is_told()
    {
        _folder.Write("a.conf", "x = 1, include \"sub/b.conf\"");
        _folder.Write("sub/b.conf", "include \"c\"");
        _folder.Write("sub/c.conf", "\n o { include \"../a.conf\" }");

        Assert.Equal(
            "sub/c.conf:2:14: '../a.conf' would be included into itself: a.conf → sub/b.conf → sub/c.conf → a.conf",
            _folder.WithoutPath(_folder.Refused("a.conf").Message));
    }

    [Fact]
    public void Files_that_include_each_other_many_times_are_bounded()
    {
        for (var level = 0; level < 20; level++)
        {
            _folder.Write($"{level}.conf", $"a {{ include \"{level + 1}.conf\" }}, b {{ include \"{level + 1}.conf\" }}");
        }

        Assert.EndsWith("more than 1,000 files are included (HoconOptions.MaxIncludes)", _folder.Refused("0.conf").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("include classpath(\"b.conf\")", "classpath(…) cannot be included")]
    [InlineData("include required(classpath(\"b.conf\"))", "classpath(…) cannot be included")]
    [InlineData("include url(\"http://localhost/b.conf\")", "a URL cannot be included")]
    [InlineData("include \"https://localhost/b.conf\"", "a URL cannot be included")]
    [InlineData("include url(\"b.conf\")", "a URL cannot be included")]
    [InlineData("include url(\"file://host/b.conf\")", "a URL cannot be included")]
    public void What_is_no_file_is_refused_and_says_why(string statement, string problem)
    {
        _folder.Write("a.conf", statement);

        Assert.Contains(problem, _folder.Refused("a.conf").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_in_an_included_file_names_it()
    {
        _folder.Write("b.conf", "x = 1\ny = \"");
        _folder.Write("a.conf", "include \"b\"");
        var error = _folder.Refused("a.conf");

        Assert.Equal((_folder["b.conf"], 2, 6), (error.File, error.Line, error.Column));
    }

    [Fact]
    public void A_text_has_includes_only_with_a_file_provider()
    {
        var error = Hocon.Refused("include \"b.conf\"");
        var files = new MemoryFiles { ["b.conf"] = "x = 1, include \"sub/c\"", ["sub/c.json"] = """{"y": 2}""" };

        Assert.Contains("HoconOptions.FileProvider", error.Message, StringComparison.Ordinal);
        Assert.Equal("""{"x":1,"y":2}""", Hocon.Json("include \"b.conf\"", new() { FileProvider = files }));
        Assert.Equal("""{"x":1,"y":2}""", Hocon.Json("include \"/b.conf\"", new() { FileProvider = files, FileName = "else/a.conf" }));
        Assert.Equal("""{"y":2}""", Hocon.Json("include \"c.json\"", new() { FileProvider = files, FileName = "sub/a.conf" }));
    }

    [Theory]
    [InlineData("include \"../b.conf\"")]
    [InlineData("include \"sub/../../b.conf\"")]
    public void Nothing_outside_of_the_root_of_a_file_provider_is_included(string text) => Assert.Contains(
        "is outside of the root of the file provider", Hocon.Refused(text, new() { FileProvider = new MemoryFiles() }).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_there_and_cannot_be_read_is_an_error()
    {
        _folder.Write("a.conf", "include \"b.conf\"");
        File.CreateSymbolicLink(_folder["b.conf"], _folder["b.conf"]);

        Assert.Contains("a.conf:1:9", _folder.Refused("a.conf").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_must_be_utf8()
    {
        File.WriteAllBytes(_folder["a.conf"], [.. "x = 1\né = \""u8, 0xff, .. "\""u8]);
        File.WriteAllBytes(_folder["b.conf"], [0xff, 0xfe, (byte)'x', 0]);

        Assert.Equal("a.conf:2:6: expected UTF-8, found the byte 0xff", _folder.WithoutPath(_folder.Refused("a.conf").Message));
        Assert.Equal("b.conf:1:1: expected UTF-8, found UTF-16", _folder.WithoutPath(_folder.Refused("b.conf").Message));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("no.conf", Assert.Throws<FileNotFoundException>(() => HoconParser.ParseFile(_folder["no.conf"])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a=1", """{"a":"1"}""")]
    [InlineData("# c\n! c = 1\n\n  a.b = x y  \na.c:z", """{"a":{"b":"x y  ","c":"z"}}""")]
    [InlineData("a hello world", """{"a":"hello world"}""")]
    [InlineData("a\nb=\nc", """{"a":"","b":"","c":""}""")]
    [InlineData("a\\ b\\=c\\:d = 1", """{"a b=c:d":"1"}""")]
    [InlineData("a = one\\\n   two\\\r\n three\nb=1", """{"a":"onetwothree","b":"1"}""")]
    [InlineData("a = \\u0041\\t\\x\\\\", """{"a":"A\u0009x\\"}""")]
    [InlineData("a=hello\na.b=world", """{"a":{"b":"world"}}""")]
    [InlineData("a.b=world\na=hello", """{"a":{"b":"world"}}""")]
    [InlineData("a=1\na=2", """{"a":"2"}""")]
    [InlineData(".=1", """{"":{"":"1"}}""")]
    [InlineData("a.=1", """{"a":{"":"1"}}""")]
    [InlineData("a=${b} \"x\" [", """{"a":"${b} \"x\" ["}""")]
    [InlineData("a=1\\", """{"a":"1"}""")]
    [InlineData("", "{}")]
    public void Properties_are_read_as_java_does(string text, string json)
    {
        _folder.Write("a.properties", text);

        Assert.Equal(json, _folder.Json("a.properties"));
    }

    [Fact]
    public void A_broken_escape_in_properties_is_told()
    {
        _folder.Write("a.properties", "a=1\nb=\\u12");

        Assert.Equal("a.properties:2:3: expected four hexadecimal digits after \\u", _folder.WithoutPath(_folder.Refused("a.properties").Message));
    }
}
