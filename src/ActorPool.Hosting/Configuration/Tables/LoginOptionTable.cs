namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>A user and a password.</summary>
static class LoginOptionTable
{
    public static readonly OptionTable<Login> Table = new OptionTable<Login>("credentials")
        .TextOrNull(nameof(Login.UserName), static (login, value) => login.UserName = value)
        .Secret(nameof(Login.Password), static (login, value) => login.Password = value);
}
