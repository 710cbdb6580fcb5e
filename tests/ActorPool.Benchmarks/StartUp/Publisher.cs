using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActorPool.Benchmarks.StartUp;

/// <summary>Publishes QuickStart in several ways, and a program that says hello, into a folder of its own, with <c>dotnet publish</c>.</summary>
sealed class Publisher : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorpool-startup-");
    readonly string _quickStart;

    /// <param name="repository">The folder of the solution.</param>
    public Publisher(DirectoryInfo repository) => _quickStart = Path.Combine(repository.FullName, "samples", "QuickStart");

    /// <summary>QuickStart on the .NET that is installed.</summary>
    public Publication PublishPlain()
    {
        var folder = Publish(_quickStart, "plain");
        return new Publication("QuickStart, on the installed .NET", folder, "dotnet", [Path.Combine(folder.FullName, "QuickStart.dll")]);
    }

    /// <summary>QuickStart with a .NET of its own, of which all is left out that nobody can call. Any warning of the trimmer is an error.</summary>
    /// <param name="how">What is special about it, for the report.</param>
    /// <param name="properties">And for <c>dotnet publish</c>.</param>
    public Publication PublishTrimmed(string how, params IReadOnlyList<string> properties)
    {
        var folder = Publish(
            _quickStart,
            $"trimmed-{properties.Count}{string.Concat(properties).Length}",
            ["-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "-p:PublishTrimmed=true", "-p:TrimmerSingleWarn=false", .. properties]);
        var program = OperatingSystem.IsWindows() ? "QuickStart.exe" : "QuickStart";
        return new Publication($"QuickStart, {how}", folder, Path.Combine(folder.FullName, program), []);
    }

    /// <summary>The least there is: a program that writes a line.</summary>
    public Publication PublishHello()
    {
        var source = _folder.CreateSubdirectory("hello");
        File.WriteAllText(Path.Combine(source.FullName, "Program.cs"), """System.Console.WriteLine("Hello, World!");""");
        File.WriteAllText(
            Path.Combine(source.FullName, "Hello.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net{Environment.Version.ToString(2)}</TargetFramework>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
            </Project>
            """);
        var folder = Publish(source.FullName, "hello-published");
        return new Publication("hello world, on the installed .NET", folder, "dotnet", [Path.Combine(folder.FullName, "Hello.dll")]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    DirectoryInfo Publish(string project, string name, params IReadOnlyList<string> arguments)
    {
        var target = _folder.CreateSubdirectory(name);
        using var dotnet = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                "publish", project, "-c", "Release", "-o", target.FullName,
                // what lies beside the project stays as it is, and no way of publishing finds what another has left
                "--artifacts-path", Path.Combine(_folder.FullName, $"{name}-artifacts"),
                // every build has had the analyzers look at the sources; here it is the trimmer's turn
                "-warnaserror", "-p:RunAnalyzers=false", "-p:DebugType=none", "-p:DebugSymbols=false", "-p:PublishDocumentationFiles=false", "-p:PublishReferencesDocumentationFiles=false",
                .. arguments,
            ])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment =
            {
                ["MSBUILDDISABLENODEREUSE"] = "1",
                ["UseSharedCompilation"] = Environment.GetEnvironmentVariable("UseSharedCompilation") ?? "false",
                ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            },
        })!;
        var output = dotnet.StandardOutput.ReadToEndAsync();
        if (!dotnet.WaitForExit(Patience))
        {
            dotnet.Kill(entireProcessTree: true);
        }

        dotnet.WaitForExit();
        return dotnet.ExitCode == 0 ? target : throw new PublishFailedException(output.GetAwaiter().GetResult());
    }
}
