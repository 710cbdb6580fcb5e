using System.ComponentModel;

namespace ActorPool.Net;

/// <summary>The alert by which the other end ended a TLS handshake (RFC 8446, section 6), where it can be told.</summary>
/// <param name="Number">The alert's number.</param>
readonly record struct TlsAlert(int Number)
{
    // OpenSSL tells of a received alert as reason 1000 + number, in the low 23 bits of its error code
    const int OpenSslReasonMask = 0x7FFFFF;
    const int OpenSslAlertOffset = 1000;

    /// <summary>Whether it is about the certificate that we showed, or should have shown.</summary>
    public bool IsAboutCertificate => Number is (>= 42 and <= 46) or 48 or 49 or 116;

    /// <summary>The alert in an error that a TLS stream threw; null when it is none, or this platform does not tell.</summary>
    public static TlsAlert? Find(Exception error)
    {
        for (var at = error; at is not null; at = at.InnerException)
        {
            var number = at is Win32Exception windows ? FromWindows(windows.NativeErrorCode) : FromOpenSsl(at);
            if (number is > 0)
            {
                return new TlsAlert(number.Value);
            }
        }

        return null;
    }

    /// <summary>Number and name, as in the RFC.</summary>
    public override string ToString() => $"TLS alert {Number}, {Name(Number)}";

    static int? FromOpenSsl(Exception error) =>
        error.Message.Contains(":SSL routines:", StringComparison.Ordinal)
        && (error.HResult & OpenSslReasonMask) - OpenSslAlertOffset is >= 0 and <= 255 and var number
            ? number
            : null;

    // the status codes that Schannel makes of alerts (SEC_E_…)
    static int? FromWindows(int status) => (uint)status switch
    {
        0x80090326 => 40,
        0x80090327 => 46,
        0x80090328 => 45,
        0x80090325 => 48,
        0x80090331 => 70,
        _ => null,
    };

    static string Name(int number) => number switch
    {
        40 => "handshake failure",
        42 => "bad certificate",
        43 => "unsupported certificate",
        44 => "certificate revoked",
        45 => "certificate expired",
        46 => "certificate unknown",
        48 => "unknown CA",
        49 => "access denied",
        70 => "protocol version",
        71 => "insufficient security",
        80 => "internal error",
        112 => "unrecognized name",
        116 => "certificate required",
        120 => "no application protocol",
        _ => "unnamed",
    };
}
