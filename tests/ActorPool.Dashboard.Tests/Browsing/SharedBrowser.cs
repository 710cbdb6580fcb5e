namespace ActorPool.Dashboard.Tests.Browsing;

/// <summary>Tests that share the browser, one after the other.</summary>
[CollectionDefinition(nameof(BrowserTests))]
public sealed class SharedBrowser : ICollectionFixture<Chromium>;
