using System.Text;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hocon.Tests.Configuration;

/// <summary>HOCON in configuration.</summary>
public sealed class AddHoconTests : IDisposable
{
    readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_text_becomes_keys_with_colons()
    {
        var configuration = new ConfigurationBuilder().AddHoconString(
            """
            pools { cache { max-size = 5, tags = [a, [b, {c = d}]] } }
            on = true, size = 1e3, none = null, empty = {}, nothing = [], text = "", "a:b" = 1, "a.b" = 2
            """).Build();

        Assert.Equal("5", configuration["pools:cache:max-size"]);
        Assert.Equal("5", configuration["Pools:Cache:MAX-SIZE"]);
        Assert.Equal(["a", null], configuration.GetSection("pools:cache:tags").GetChildren().Select(child => child.Value));
        Assert.Equal("d", configuration["pools:cache:tags:1:1:c"]);
        Assert.Equal("true", configuration["on"]);
        Assert.Equal("1e3", configuration["size"]);
        Assert.Equal("1", configuration["a:b"]);
        Assert.Equal("2", configuration["a.b"]);
        Assert.Equal(["a", "a.b", "empty", "none", "nothing", "on", "pools", "size", "text"], configuration.GetChildren().Select(child => child.Key));
    }

    [Theory]
    [InlineData("""{"a": null, "b": {}, "c": [], "d": [null, {}, []], "e": {"f": {"g": []}}, "h": "", "i": 1.50, "j": [[1, [2]], "x"]}""")]
    [InlineData("{}")]
    public void What_is_empty_is_told_as_the_json_provider_tells_it(string json)
    {
        var expected = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        var actual = new ConfigurationBuilder().AddHoconString(json).Build();

        Assert.Equal(expected.AsEnumerable().OrderBy(pair => pair.Key, StringComparer.Ordinal), actual.AsEnumerable().OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Sources_override_each_other_key_by_key()
    {
        var configuration = new ConfigurationBuilder()
            .AddHoconString("a { b = 1, c = 1 }, l = [1, 2]")
            .AddHoconStream(new MemoryStream("a.b = 2, l = [3]"u8.ToArray()))
            .Build();

        Assert.Equal(("2", "1", "3", "2"), (configuration["a:b"], configuration["a:c"], configuration["l:0"], configuration["l:1"]));
    }

    [Fact]
    public void Keys_that_differ_in_case_alone_are_refused() => Assert.Equal(
        "text:2:3: the configuration key a:B has its value from 1:5 already; configuration does not tell case apart",
        Assert.Throws<HoconException>(() => new ConfigurationBuilder().AddHoconString("a { b = 1 }\na.B = 2").Build()).Message);

    [Fact]
    public void The_root_must_be_an_object() => Assert.Equal(
        "text:1:1: expected an object as the root of a configuration, found an array",
        Assert.Throws<HoconException>(() => new ConfigurationBuilder().AddHoconString("[1]").Build()).Message);

    [Theory]
    [InlineData("pools", 1, 1)]
    [InlineData("pools:cache", 2, 3)]
    [InlineData("POOLS:Cache:Max-Size", 5, 11)]
    [InlineData("pools:cache:tags", 3, 5)]
    [InlineData("pools:cache:tags:1", 3, 16)]
    [InlineData("pools:copy:max-size", 5, 11)]
    [InlineData("pools:copy", 6, 7)]
    public void Every_key_knows_where_it_is_written(string key, int line, int column)
    {
        var root = new ConfigurationBuilder().AddHoconString(
            """
            pools {
              cache { max-size = 1
                tags = [a, b]
              }
              "ca"che.max-size = 3 }
            pools.copy = ${pools.cache}
            """).Build();
        var origins = Assert.IsAssignableFrom<IHoconOrigins>(root.Providers.Single());

        Assert.True(origins.TryGetOrigin(key, out var origin));
        Assert.Equal(new HoconOrigin(null, line, column), origin);
        Assert.False(origins.TryGetOrigin("pools:cache:min-size", out _));
    }

    [Fact]
    public void A_text_is_read_again_when_the_configuration_is_reloaded()
    {
        var value = "1";
        var root = new ConfigurationBuilder().AddHoconString("a = ${V}", new() { Environment = _ => value }).Build();

        value = "2";
        root.Reload();

        Assert.Equal("2", root["a"]);
    }

    [Fact]
    public void Includes_of_a_text_are_found_from_the_base_path()
    {
        _folder.Write("b.conf", "x = 1");
        var root = new ConfigurationBuilder().SetBasePath(_folder.Path).AddHoconString("include required(\"b\")").Build();

        Assert.Equal("1", root["x"]);
    }

    [Fact]
    public void Files_are_found_by_absolute_path_by_base_path_and_by_file_provider()
    {
        var path = _folder.Write("sub/a.conf", "x = 1, include required(\"../b.conf\")");
        _folder.Write("b.conf", "y = 2");
        var files = new MemoryFiles { ["sub/a.conf"] = "x = 1, include required(\"../b.conf\")", ["b.conf"] = "y = 2" };
        IConfigurationBuilder[] builders =
        [
            new ConfigurationBuilder().AddHoconFile(path),
            new ConfigurationBuilder().SetBasePath(_folder.Path).AddHoconFile("sub/a.conf"),
            new ConfigurationBuilder().SetBasePath(_folder["sub"]).AddHoconFile("a.conf", optional: true),
            new ConfigurationBuilder().AddHoconFile(files, "sub/a.conf", optional: false, reloadOnChange: false),
            new ConfigurationBuilder().AddHoconFile(source => (source.Path, source.FileProvider) = ("sub/a.conf", files)),
        ];

        Assert.All(builders, builder =>
        {
            var root = builder.Build();
            Assert.Equal(("1", "2"), (root["x"], root["y"]));
        });
    }

    [Fact]
    public void A_source_with_a_file_provider_of_its_own_does_not_leave_it()
    {
        _folder.Write("sub/a.conf", "include required(\"../b.conf\")");
        _folder.Write("b.conf", "y = 2");
        using var files = new Microsoft.Extensions.FileProviders.PhysicalFileProvider(_folder["sub"]);

        var error = Assert.Throws<InvalidDataException>(
            () => new ConfigurationBuilder().AddHoconFile(files, "a.conf", optional: false, reloadOnChange: false).Build());

        Assert.Contains("is outside of the root of the file provider", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_an_error_unless_it_is_optional()
    {
        var error = Assert.Throws<FileNotFoundException>(() => new ConfigurationBuilder().AddHoconFile(_folder["no.conf"]).Build());
        var root = new ConfigurationBuilder().AddHoconFile(_folder["no.conf"], optional: true).AddHoconFile(_folder["no/no.conf"], optional: true).Build();

        Assert.Contains(_folder["no.conf"], error.Message, StringComparison.Ordinal);
        Assert.Empty(root.AsEnumerable());
    }

    [Fact]
    public void A_broken_file_is_an_error_that_says_where_on_one_line()
    {
        var path = _folder.Write("a.conf", "x = 1\npassword = \"secret\ny = 2");

        var error = Assert.Throws<InvalidDataException>(() => new ConfigurationBuilder().AddHoconFile(path).Build());
        var inner = Assert.IsType<HoconException>(error.InnerException);

        Assert.Equal(("a.conf", 2, 19), (inner.File, inner.Line, inner.Column));
        Assert.Equal($"Failed to load configuration from file '{path}': {inner.Message}", error.Message);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void An_error_can_be_ignored_as_with_other_files()
    {
        var path = _folder.Write("a.conf", "x = [");
        FileLoadExceptionContext? told = null;

        var root = new ConfigurationBuilder().SetFileLoadExceptionHandler(context =>
        {
            told = context;
            context.Ignore = true;
        }).AddHoconFile(path).Build();

        Assert.IsType<HoconException>(told!.Exception.InnerException);
        Assert.IsType<HoconConfigurationProvider>(told.Provider);
        Assert.Empty(root.AsEnumerable());
    }

    [Fact]
    public void A_properties_file_is_read_as_such()
    {
        var root = new ConfigurationBuilder().AddHoconFile(_folder.Write("a.properties", "a.b=${x}")).Build();

        Assert.Equal("${x}", root["a:b"]);
    }

    [Fact]
    public void Options_that_cannot_be_are_named_together()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => HoconParser.Parse("", new() { MaxDepth = 0, MaxExpansion = -1, MaxIncludes = -1, Environment = null! }));

        Assert.All(["MaxDepth is 0", "MaxExpansion is -1", "MaxIncludes is -1", "Environment is null"], name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }
}
