namespace ActorPool.Hocon.Tests.Specification;

/// <summary>The specification's sections <i>Unchanged from JSON</i> to <i>Multi-line strings</i>.</summary>
public sealed class SyntaxTests
{
    [Theory]
    [InlineData("{ // a comment\n a: 1 # another\n}")]
    [InlineData("#a\n//b\n a = 1 #")]
    [InlineData("a // c\n = // d\n 1//")]
    [InlineData("a # {\n : # [\n 1")]
    public void Comments_end_with_their_line(string text) => Assert.Equal("""{"a":1}""", Hocon.Json(text));

    [Theory]
    [InlineData("""{ "a": "#no //no" }""", """{"a":"#no //no"}""")]
    [InlineData("a = b/c", """{"a":"b/c"}""")]
    [InlineData("a = /b", """{"a":"/b"}""")]
    [InlineData("a = b//c", """{"a":"b"}""")]
    [InlineData("a = [1 # one\n2 // two\n]", """{"a":[1,2]}""")]
    public void Comments_are_not_in_quotes_and_one_slash_begins_none(string text, string json) => Assert.Equal(json, Hocon.Json(text));

    [Theory]
    [InlineData("", "{}")]
    [InlineData("  \n # nothing\n", "{}")]
    [InlineData("a: 1, b: 2", """{"a":1,"b":2}""")]
    [InlineData("{a: 1, b: 2}", """{"a":1,"b":2}""")]
    [InlineData("\ufeff{a: 1}", """{"a":1}""")]
    [InlineData("\ufeffa: 1", """{"a":1}""")]
    [InlineData("[1, 2]", "[1,2]")]
    [InlineData("{} # nothing more\n", "{}")]
    public void Braces_around_all_may_be_left_out(string text, string json) => Assert.Equal(json, Hocon.Json(text));

    [Theory]
    [InlineData("a: 1 }", "text:1:6: expected a key or the end of the text, found a '}' that closes nothing")]
    [InlineData("}", "text:1:1: expected a key or the end of the text, found a '}' that closes nothing")]
    [InlineData("{a: 1", "text:1:6: expected } to close the { opened at 1:1, found the end of the text")]
    [InlineData("a {\n b {\n c: 1 }\n", "text:4:1: expected } to close the { opened at 1:3, found the end of the text")]
    [InlineData("a: [1, [2]", "text:1:11: expected ] to close the [ opened at 1:4, found the end of the text")]
    [InlineData("{}{}", "text:1:3: expected the end of the text, found '{'")]
    [InlineData("[]x", "text:1:3: expected the end of the text, found 'x'")]
    [InlineData("{} a: 1", "text:1:4: expected the end of the text, found 'a'")]
    [InlineData("[ 10, }]", "text:1:7: expected a value, found '}'")]
    [InlineData("[ 10 }", "text:1:6: expected ',' or a new line or the ] that closes the [ opened at 1:1, found '}'")]
    [InlineData("a: {b: 1]", "text:1:9: expected ',' or a new line or the } that closes the { opened at 1:4, found ']'")]
    public void What_is_open_must_be_closed(string text, string message) => Assert.Equal(message, Hocon.Refused(text).Message);

    [Theory]
    [InlineData("a = 1")]
    [InlineData("a : 1")]
    [InlineData("a\n : 1")]
    [InlineData("a = \n\n 1")]
    [InlineData("a=1,")]
    [InlineData("a=1\n,")]
    [InlineData("{a=1\n,\n}")]
    public void Keys_and_values_are_apart_by_a_colon_or_an_equals_sign(string text) => Assert.Equal("""{"a":1}""", Hocon.Json(text));

    [Theory]
    [InlineData("a {}")]
    [InlineData("a\n{}")]
    [InlineData("\"a\" {\n}")]
    [InlineData("a = {}")]
    public void Before_a_brace_the_separator_may_be_left_out(string text) => Assert.Equal("""{"a":{}}""", Hocon.Json(text));

    [Theory]
    [InlineData("[1,2,3,]")]
    [InlineData("[1\n2\n3]")]
    [InlineData("[1,\n2\n,3\n]")]
    [InlineData("[\n\n1\n\n,2 # two\n 3,\n]")]
    public void Newlines_are_as_good_as_commas(string text) => Assert.Equal("[1,2,3]", Hocon.Json(text));

    [Theory]
    [InlineData("[1,2,3,,]", 1, 8)]
    [InlineData("[,1,2,3]", 1, 2)]
    [InlineData("[1,,2,3]", 1, 4)]
    [InlineData("[,]", 1, 2)]
    [InlineData("{ , }", 1, 3)]
    [InlineData("{ a: 1,, b: 2 }", 1, 8)]
    [InlineData("a: 1,,", 1, 6)]
    [InlineData(", a: 1", 1, 1)]
    [InlineData("[1\n,\n,2]", 3, 1)]
    public void Two_commas_in_a_row_are_refused(string text, int line, int column)
    {
        var error = Hocon.Refused(text);

        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.EndsWith("found ','", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a:", "text:1:3: expected a value, found the end of the text")]
    [InlineData("a: , b: 1", "text:1:4: expected a value, found ','")]
    [InlineData("{ a: }", "text:1:6: expected a value, found '}'")]
    [InlineData("{ a }", "text:1:5: expected ':', '=', '+=' or '{' after the key a, found '}'")]
    [InlineData("{ 1,2 }", "text:1:4: expected ':', '=', '+=' or '{' after the key 1, found ','")]
    [InlineData("a.\"b c\"\n", "text:2:1: expected ':', '=', '+=' or '{' after the key a.\"b c\", found the end of the text")]
    [InlineData("{ foo \n bar : 10 }", "text:2:2: expected ':', '=', '+=' or '{' after the key foo, found 'b'")]
    [InlineData("{ : 10 }", "text:1:3: expected a key, found ':'")]
    [InlineData("+= 10", "text:1:1: expected a key, found '+'")]
    [InlineData("[ += ]", "text:1:3: expected a value, found '+'")]
    [InlineData("{ [a] : 1 }", "text:1:3: expected a key, found '['")]
    [InlineData("{ {a:1} : 1 }", "text:1:3: expected a key, found '{'")]
    [InlineData("a = 1 b = 2", "text:1:9: expected ',' or a new line, found '=': a text with this in it must be in quotes")]
    [InlineData("[\"a\" : \"b\"]", "text:1:6: expected ',' or a new line, found ':': a text with this in it must be in quotes")]
    [InlineData("a: true \"b\": false", "text:1:12: expected ',' or a new line, found ':': a text with this in it must be in quotes")]
    public void A_field_is_a_key_a_separator_and_a_value(string text, string message) => Assert.Equal(message, Hocon.Refused(text).Message);

    [Theory]
    [InlineData(' ')]
    [InlineData('\t')]
    [InlineData('\v')]
    [InlineData('\f')]
    [InlineData('\r')]
    [InlineData('\u001c')]
    [InlineData('\u001d')]
    [InlineData('\u001e')]
    [InlineData('\u001f')]
    [InlineData('\u00a0')]
    [InlineData('\u1680')]
    [InlineData('\u2007')]
    [InlineData('\u2028')]
    [InlineData('\u2029')]
    [InlineData('\u202f')]
    [InlineData('\u3000')]
    [InlineData('\ufeff')]
    public void Whitespace_is_what_unicode_calls_so_and_more(char blank)
    {
        Assert.Equal("""{"a":1,"b":[2]}""", Hocon.Json($"{blank}a{blank}:{blank}1{blank},{blank}b{blank}={blank}[{blank}2{blank}]{blank}"));
        Assert.Equal($"x{blank}y", HoconParser.Parse($"a = x{blank}y").Find("a")!.AsString());
    }

    [Theory]
    [InlineData('\u0085')]
    [InlineData('\u200b')]
    [InlineData('\u0001')]
    public void Other_control_characters_are_part_of_an_unquoted_text(char character) =>
        Assert.Equal($"x{character}y", HoconParser.Parse($"a = x{character}y").Find("a")!.AsString());

    [Theory]
    [InlineData("a = foo", "foo")]
    [InlineData("a = a.b-c_d;e(f)<g>|h~i%j'k/l", "a.b-c_d;e(f)<g>|h~i%j'k/l")]
    [InlineData("a = truefoo", "truefoo")]
    [InlineData("a = footrue", "footrue")]
    [InlineData("a = 10.0bar", "10.0bar")]
    [InlineData("a = bar10.0", "bar10.0")]
    [InlineData("a = -foo", "-foo")]
    [InlineData("a = 1-2", "1-2")]
    [InlineData("a = 10e+3foo", "10e+3foo")]
    [InlineData("a = include", "include")]
    [InlineData("a = 1.2.3.4", "1.2.3.4")]
    public void An_unquoted_text_is_taken_as_it_is(string text, string value)
    {
        var scalar = Assert.IsType<HoconScalar>(HoconParser.Parse(text).Find("a"));

        Assert.Equal((HoconKind.String, value), (scalar.Kind, scalar.Text));
    }

    [Theory]
    [InlineData("$")]
    [InlineData("=")]
    [InlineData("+")]
    [InlineData("`")]
    [InlineData("^")]
    [InlineData("?")]
    [InlineData("!")]
    [InlineData("@")]
    [InlineData("*")]
    [InlineData("&")]
    [InlineData("\\")]
    [InlineData(":")]
    public void A_forbidden_character_is_told_where_it_is(string character)
    {
        var alone = Hocon.Refused($"a = [ {character} ]");
        var inside = Hocon.Refused($"a = secret{character}");

        Assert.Equal(7, alone.Column);
        Assert.Contains($"found '{character}'", alone.Message, StringComparison.Ordinal);
        Assert.Equal(11, inside.Column);
        Assert.EndsWith("must be in quotes", inside.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", inside.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", HoconKind.Number)]
    [InlineData("-0", HoconKind.Number)]
    [InlineData("10e+3", HoconKind.Number)]
    [InlineData("1.5E-7", HoconKind.Number)]
    [InlineData("123456789012345678901234567890", HoconKind.Number)]
    [InlineData("007", HoconKind.String)]
    [InlineData("1.", HoconKind.String)]
    [InlineData(".5", HoconKind.String)]
    [InlineData("-", HoconKind.String)]
    [InlineData("1e", HoconKind.String)]
    [InlineData("NaN", HoconKind.String)]
    [InlineData("true", HoconKind.Boolean)]
    [InlineData("false", HoconKind.Boolean)]
    [InlineData("True", HoconKind.String)]
    [InlineData("yes", HoconKind.String)]
    [InlineData("null", HoconKind.Null)]
    public void A_single_value_keeps_its_type_and_its_spelling(string text, HoconKind kind)
    {
        var scalar = Assert.IsType<HoconScalar>(HoconParser.Parse($"a = {text}").Find("a"));

        Assert.Equal((kind, text), (scalar.Kind, scalar.Text));
    }

    [Fact]
    public void Quoted_strings_are_those_of_json() => Assert.Equal(
        "q\" b\\ s/ \b\f\n\r\t é \ud83d\ude00 \u0000.",
        HoconParser.Parse("""a = "q\" b\\ s\/ \b\f\n\r\t \u00e9 \uD83D\uDE00 \u0000." """).Find("a")!.AsString());

    [Theory]
    [InlineData("a = \"abc", "text:1:9: expected \" to close the \" opened at 1:5, found the end of the text")]
    [InlineData("a = \"abc\\", "text:1:10: expected \" to close the \" opened at 1:5, found the end of the text")]
    [InlineData("a = \"abc\nd\"", "text:1:9: expected \" to close the \" opened at 1:5, found the end of the line: a text of several lines is in \"\"\"")]
    [InlineData("a = \"abc\r\nd\"", "text:1:9: expected \" to close the \" opened at 1:5, found the end of the line: a text of several lines is in \"\"\"")]
    [InlineData("a = \"ab\tc\"", "text:1:8: expected a character, found the character U+0009: in quotes it is written \\u0009")]
    [InlineData("a = \"ab\\qc\"", "text:1:8: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u in a quoted text, found \\ before 'q'")]
    [InlineData("a = \"ab\\u12g4\"", "text:1:8: expected four hexadecimal digits after \\u")]
    [InlineData("a = \"ab\\u12", "text:1:8: expected four hexadecimal digits after \\u")]
    [InlineData("a = \"\"\"abc\n\"\"", "text:2:3: expected \"\"\" to close the \"\"\" opened at 1:5, found the end of the text")]
    public void A_broken_quoted_string_is_told_where_it_breaks(string text, string message) => Assert.Equal(message, Hocon.Refused(text).Message);

    [Theory]
    [InlineData("""hello""", "\"\"\"hello\"\"\"")]
    [InlineData("hello\nworld", "\"\"\"hello\nworld\"\"\"")]
    [InlineData(@"hello\nworld\u0041", "\"\"\"hello\\nworld\\u0041\"\"\"")]
    [InlineData("  \n  hello  \r\n world  \n ", "\"\"\"  \n  hello  \r\n world  \n \"\"\"")]
    [InlineData(" \"hello\" ", "\"\"\" \"hello\" \"\"\"")]
    [InlineData("\"hello\"", "\"\"\"\"hello\"\"\"\"")]
    [InlineData("hello\"\"\"\"", "\"\"\"hello\"\"\"\"\"\"\"")]
    [InlineData("\"\"hello", "\"\"\"\"\"hello\"\"\"")]
    [InlineData("\"\"", "\"\"\"\"\"\"\"\"")]
    [InlineData("", "\"\"\"\"\"\"")]
    [InlineData("foo\"\"bar", "\"\"\"foo\"\"bar\"\"\"")]
    [InlineData("# // ${x}", "\"\"\"# // ${x}\"\"\"")]
    public void Three_quotes_take_everything_as_it_is(string expected, string text) =>
        Assert.Equal(expected, HoconParser.Parse($"a = {text}\nb = 1").Find("a")!.AsString());
}
