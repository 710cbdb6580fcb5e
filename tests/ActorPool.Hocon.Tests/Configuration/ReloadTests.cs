using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace ActorPool.Hocon.Tests.Configuration;

/// <summary>Files that change while they are in use, on a real disk.</summary>
public sealed class ReloadTests : IDisposable
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    readonly Folder _folder = new();
    readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<IConfigurationRoot> _roots = [];

    public void Dispose()
    {
        foreach (var root in _roots)
        {
            (root as IDisposable)?.Dispose();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task A_changed_file_is_read_again()
    {
        _folder.Write("a.conf", "x = 1");
        var root = Open("a.conf");

        var changed = Changed(root);
        _folder.Write("a.conf", "x = 2");
        await changed.WaitAsync(Limit);

        Assert.Equal("2", root["x"]);
    }

    [Fact]
    public async Task A_changed_include_is_read_again_also_a_nested_one_and_time_after_time()
    {
        _folder.Write("a.conf", "include \"sub/b\"");
        _folder.Write("sub/b.conf", "include \"c.json\"");
        _folder.Write("sub/c.json", """{"x": 0}""");
        var root = Open("a.conf");

        for (var round = 1; round <= 3; round++)
        {
            var changed = Changed(root);
            _folder.Write("sub/c.json", $$"""{"x": {{round}}}""");
            await changed.WaitAsync(Limit);
            Assert.Equal($"{round}", root["x"]);
        }
    }

    [Fact]
    public async Task An_include_that_was_not_there_is_read_when_it_is()
    {
        _folder.Write("a.conf", "x = 1\ninclude \"local.conf\"");
        var root = Open("a.conf");

        var changed = Changed(root);
        _folder.Write("local.conf", "x = 2");
        await changed.WaitAsync(Limit);

        Assert.Equal("2", root["x"]);
    }

    [Fact]
    public async Task An_include_outside_of_the_root_is_watched_too()
    {
        var outside = _folder.Write("outside/b.conf", "x = 1");
        _folder.Write("in/a.conf", $"include \"{outside}\"");
        var root = Open("in/a.conf");

        var changed = Changed(root);
        _folder.Write("outside/b.conf", "x = 2");
        await changed.WaitAsync(Limit);

        Assert.Equal("2", root["x"]);
    }

    [Fact]
    public async Task A_file_that_breaks_leaves_the_last_configuration_and_is_read_when_it_is_mended()
    {
        _folder.Write("a.conf", "x = 1\ninclude \"b.conf\"");
        _folder.Write("b.conf", "y = 1");
        var root = Open("a.conf");
        var changed = Changed(root);

        _folder.Write("b.conf", "y = {");
        var error = await _failed.Task.WaitAsync(Limit);

        Assert.Equal("b.conf", Assert.IsType<HoconException>(error.InnerException).File);
        Assert.False(changed.IsCompleted);
        Assert.Equal(("1", "1"), (root["x"], root["y"]));
        Assert.True(((IHoconOrigins)root.Providers.Single()).TryGetOrigin("y", out _));

        _folder.Write("b.conf", "y = 2");
        await changed.WaitAsync(Limit);

        Assert.Equal(("1", "2"), (root["x"], root["y"]));
    }

    [Fact]
    public async Task A_file_that_goes_away_leaves_the_last_configuration()
    {
        _folder.Write("a.conf", "x = 1");
        var root = Open("a.conf");

        File.Delete(_folder["a.conf"]);

        Assert.IsType<FileNotFoundException>(await _failed.Task.WaitAsync(Limit));
        Assert.Equal("1", root["x"]);
    }

    [Fact]
    public async Task An_optional_file_may_come_and_go()
    {
        var root = Open("a.conf", optional: true);
        Assert.Null(root["x"]);

        var came = Changed(root);
        _folder.Write("a.conf", "x = 1");
        await came.WaitAsync(Limit);
        Assert.Equal("1", root["x"]);

        var went = Changed(root);
        File.Delete(_folder["a.conf"]);
        await went.WaitAsync(Limit);
        Assert.Null(root["x"]);
    }

    [Fact]
    public async Task What_a_subscriber_throws_ends_nothing()
    {
        _folder.Write("a.conf", "x = 1");
        var root = Open("a.conf");
        var first = new TaskCompletionSource();
        using var registration = ChangeToken.OnChange(root.GetReloadToken, () =>
        {
            if (root["x"] == "2")
            {
                first.TrySetResult();
                throw new InvalidOperationException("A subscriber's own.");
            }
        });

        _folder.Write("a.conf", "x = 2");
        await first.Task.WaitAsync(Limit);
        var changed = Changed(root);
        _folder.Write("a.conf", "x = 3");
        await changed.WaitAsync(Limit);

        Assert.Equal("3", root["x"]);
    }

    [Fact]
    public void A_load_that_is_asked_for_throws_and_leaves_the_last_configuration()
    {
        var path = _folder.Write("a.conf", "x = 1");
        var root = new ConfigurationBuilder().AddHoconFile(path).Build();
        _folder.Write("a.conf", "x = {");

        Assert.Throws<InvalidDataException>(root.Reload);
        Assert.Equal("1", root["x"]);
    }

    [Fact]
    public void A_source_still_says_that_it_reloads_when_it_is_built()
    {
        _folder.Write("a.conf", "x = 1");
        var source = new HoconConfigurationSource { FileProvider = new PhysicalFileProvider(_folder.Path), Path = "a.conf", ReloadOnChange = true };

        using var provider = (IDisposable)source.Build(new ConfigurationBuilder());

        Assert.True(source.ReloadOnChange);
    }

    IConfigurationRoot Open(string file, bool optional = false)
    {
        var root = new ConfigurationBuilder().AddHoconFile(source =>
        {
            source.Path = _folder[file];
            source.Optional = optional;
            source.ReloadOnChange = true;
            source.ReloadDelay = 50;
            source.OnLoadException = context =>
            {
                context.Ignore = _roots.Count > 0;
                _failed.TrySetResult(context.Exception);
            };
        }).Build();
        _roots.Add(root);
        return root;
    }

    static Task Changed(IConfigurationRoot root)
    {
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        root.GetReloadToken().RegisterChangeCallback(_ => changed.TrySetResult(), state: null);
        return changed.Task;
    }
}
