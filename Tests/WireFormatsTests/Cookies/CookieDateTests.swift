import Testing
import WireFormats

struct CookieDateTests {
    @Test(
        "A date's parts are found in any order and notation",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
            ("Sun Nov  6 08:49:37 1994", 784_111_777), ("1994 6 08:49:37 november", 784_111_777),
            ("08:49:37 6 Nov 94", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Thu, 1 Jan 1970 0:0:0", 0), ("01-Jan-69 00:00:00", 3_124_224_000), ("01-Jan-70 00:00:00", 0),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799), ("29 Feb 2024 00:00:00", 1_709_164_800),
            ("6th Nov 1994 08:49:37pm", 784_111_777), ("Mon, 01 Jan 1601 00:00:00 GMT", -11_644_473_600)
        ] as [(String, Int64)])
    func read(text: String, seconds: Int64) { #expect(CookieDate.seconds(text) == seconds) }

    @Test(
        "What lacks a part, or is no date, is none",
        arguments: [
            "", "0", "Session", "Sun, 06 Nov 1994", "06 Nov 08:49:37", "Nov 1994 08:49:37", "06 1994 08:49:37",
            "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
            "Sun, 06 Nov 1994 08:49:60 GMT", "Sun, 06 Nov 1600 08:49:37 GMT", "Sun, 0 Nov 1994 08:49:37",
            "Sun, 006 Nov 1994 08:49:37", "Sun, 06 Nov 19945 08:49:37", "29 Feb 2023 00:00:00",
            "06 Nov 1994 008:49:37", "06 Nov 1994 8:49", "1994-11-06T08:49:37Z"
        ])
    func none(text: String) { #expect(CookieDate.seconds(text) == nil) }
}
