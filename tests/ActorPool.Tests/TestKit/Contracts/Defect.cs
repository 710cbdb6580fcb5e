namespace ActorPool.Tests.TestKit.Contracts;

/// <summary>What can be wrong with a connector.</summary>
public enum Defect
{
    None,
    SharesOneConnection,
    ForgetsTheSocketOfACancelledOpen,
    ForgetsTheSocketOfAFailedOpen,
    IgnoresTheTokenOfAnOpen,
    CallsARefusedOpenConfiguration,
    CallsARefusedLoginTransient,
    TellsThePassword,
    ShowsThePassword,
    ProbesNothing,
    ProbesWithoutToken,
    CallsEveryErrorHarmless,
    CallsEverythingReusable,
    NeverTakesBack,
    ClosesNothing,
    ClosesOnceOnly,
    WaitsForTheServerToClose,
    ThrowsInLooks,
}
