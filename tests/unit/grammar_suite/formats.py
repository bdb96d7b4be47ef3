"""The keyword `format`."""

from __future__ import annotations

from .cases import Case, Section

FORMATS: dict[str, tuple[list[str], list[str]]] = {
    "date": (
        ["1963-06-19", "2020-01-31", "2021-02-28", "2020-02-29", "2000-02-29", "2020-04-30"],
        ["2020-01-32", "2021-02-29", "2020-02-30", "1900-02-29", "2020-04-31", "2020-13-01",
         "2020-00-10", "2020-01-00", "06/19/1963", "2013-350", "1998-1-20", "1998-01-1",
         "1963-06-1\u09ea", "20230328", "2023-W01", "2023-W13-2", "", "2020-01-01T"],
    ),
    "time": (
        ["08:30:06Z", "23:59:59Z", "23:20:50.52Z", "08:30:06.283185Z", "08:30:06+00:20",
         "08:30:06-08:00", "00:00:00+23:59", "08:30:06z"],
        ["008:030:006Z", "8:3:6Z", "24:00:00Z", "00:60:00Z", "00:00:61Z", "01:02:03+24:00",
         "01:02:03+00:60", "01:02:03Z+00:30", "08:30:06 PST", "01:01:01,1111",
         "1\u09e8:00:00Z", "08:30:06#00:20", "ab:cd:ef", "22:59:60Z", ""],
    ),
    "date-time": (
        ["1963-06-19T08:30:06.283185Z", "1963-06-19T08:30:06Z", "1937-01-01T12:00:27.87+00:20",
         "1990-12-31T15:59:50.123-08:00", "2024-02-29T23:59:59Z", "1963-06-19t08:30:06.283185z"],
        ["1998-12-31T23:59:61Z", "1998-12-31T23:58:60Z", "1990-02-31T15:59:59.123-08:00",
         "1990-12-31T15:59:59-24:00", "1963-06-19T08:30:06.28123+01:00Z", "2023-02-29T00:00:00Z",
         "06/19/1963 08:30:06 PST", "2013-350T01:01:01", "1963-6-19T08:30:06.283185Z",
         "1963-06-1T08:30:06.283185Z", "1963-06-1\u09eaT00:00:00Z",
         "1963-06-11T0\u09ea:00:00Z", ""],
    ),
    "duration": (
        ["P4DT12H30M5S", "P4Y", "PT0S", "P0D", "P1M", "PT1M", "PT36H", "P1DT12H", "P2W", "P1Y2M3D"],
        ["PT1D", "4DT12H30M5S", "P", "P1YT", "PT", "P2D1Y", "P1D2H", "P2S", "P1Y2W", "P\u09e8Y",
         "P1", "", "1D"],
    ),
    "uuid": (
        ["2EB8AA08-AA98-11EA-B4AA-73B441D16380", "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
         "2eb8aa08-AA98-11ea-B4Aa-73B441D16380", "00000000-0000-0000-0000-000000000000",
         "98d80576-482e-427f-8434-7f86890ab222", "99c17cbb-656f-f64a-940f-1a4568f03487"],
        ["2eb8aa08-aa98-11ea-b4aa-73b441d1638", "2eb8aa08-aa98-11ea-73b441d16380",
         "2eb8aa08-aa98-11ea-b4ga-73b441d16380", "2eb8aa08aa9811eab4aa73b441d16380",
         "2eb8-aa08-aa98-11ea-b4aa73b44-1d16380", "", "2eb8aa08-aa98-11ea-b4aa-73b441d163800"],
    ),
    "ipv4": (
        ["192.168.0.1", "87.10.0.1", "0.0.0.0", "255.255.255.255"],
        ["127.0.0.0.1", "256.256.256.256", "127.0", "0x7f000001", "2130706433", "087.10.0.1",
         "1\u09e87.0.0.1", "192.168.1.0/24", "", "1.2.3.256"],
    ),
    "ipv6": (
        ["::1", "::", "::42:ff:1", "d6::", "1:d6::42", "1:2:3:4:5:6:7:8", "::ffff:192.168.0.1",
         "1::d6:192.168.0.1", "1000:1000:1000:1000:1000:1000:255.255.255.255", "::ABCD"],
        ["12345::", "::abcef", "::laptop", ":2:3:4:5:6:7:8", "1:2:3:4:5:6:7:", ":2:3:4::8",
         "1::d6::42", "1::2:192.168.256.1", "1:2:3:4:5:::8", "1:2:3:4:5:6:7", "1", "127.0.0.1",
         "1:2:3:4:1.2.3", "  ::1", "::1  ", "fe80::/64", "fe80::a%eth1", "1:2:3:4:5:6:7:\u09ea", "",
         "1:1:1:1:1:1:1:1:1", "100:100:100:100:100:100:100:255.255.255.255"],
    ),
    "hostname": (
        ["www.example.com", "xn--4gbwdl.xn--wgbh1c", "hostname", "host-name", "h0stn4me", "1host",
         "a" * 63 + ".com"],
        ["-a-host", "not_a_valid_host_name", "-hostname", "hostname-", "_hostname", "a..b", "",
         ".", "a" * 64 + ".com"],
    ),
    "email": (
        ["joe.bloggs@example.com", "te~st@example.com", "~test@example.com", "test~@example.com",
         "te.s.t@example.com", "a+b@c.org"],
        ["2962", "", "@", "a@", "@example.com", ".test@example.com", "test.@example.com",
         "te..st@example.com", "joe.bloggs@invalid=domain.com", "joe@bloggs@example.com"],
    ),
    "uri": (
        ["http://foo.bar/?baz=qux#quux", "http://foo.com/blah_(wikipedia)_blah#cite-1",
         "http://foo.bar/?q=Test%20URL-encoded%20stuff", "ftp://ftp.is.co.za/rfc/rfc1808.txt",
         "http://223.255.255.254", "https://example.org:8080/a/b", "mailto:John.Doe@example.com",
         "urn:oasis:names:specification:docbook:dtd:xml:4.1.2"],
        ["//foo.bar/?baz=qux#quux", "/abc", "\\\\WINDOWS\\fileshare", "abc",
         "http:// shouldfail.com", ":// should fail", ""],
    ),
    "json-pointer": (
        ["/foo/bar~0/baz~1/%a", "/foo//bar", "", "/", "/a~1b", "/i\\j", '/k"l', "/ ", "/foo/-"],
        ["/foo/bar~", "#", "#/", "a", "/~2", "/~~", "0", "a/a"],
    ),
    "base64": (["", "YQ==", "YWI=", "YWJj"], ["YQ=", "Y", "YQ==x", "_w=="]),
    "uuid4": (
        ["98d80576-482e-427f-8434-7f86890ab222"],
        ["98d80576-482e-127f-8434-7f86890ab222", "98d80576-482e-427f-c434-7f86890ab222"],
    ),
    "base64url": (["", "_w==", "YWJj"], ["YQ=", "+w=="]),
    "uuid1": (["98d80576-482e-127f-8434-7f86890ab222"], ["98d80576-482e-427f-8434-7f86890ab222"]),
    "uuid7": (["98d80576-482e-727f-8434-7f86890ab222"], ["98d80576-482e-427f-8434-7f86890ab222"]),
    "ipv4interface": (["10.0.0.1/8", "10.0.0.1"], ["10.0.0.1/33", "::1/8"]),
    "ipv6interface": (["::1/64", "::1"], ["::1/129", "10.0.0.1/8"]),
    "ipvanyaddress": (["10.0.0.1", "::1"], ["10.0.0", ":::"]),
    "ipvanyinterface": (["10.0.0.1/8", "::1/64"], ["10.0.0.1/33", "::1/129"]),
    "path": (["", "any"], []),
    "binary": (["", "any"], []),
    "password": (["", "any"], []),
}  # fmt: skip
"""Formats that the grammar writes, with texts that have it and that do not."""

UNWRITTEN: dict[str, list[str]] = {
    "time": ["23:59:60Z"],
    "date-time": ["1998-12-31T23:59:60Z"],
    "email": ['"joe bloggs"@example.com', "joe.bloggs@[127.0.0.1]"],
}
"""Rarities that the grammar leaves out: leap seconds, quoted and numeric parts."""

UNKNOWN = ["iri", "idn-email", "regex", "uri-template", "colour", "idn-hostname"]
"""Formats that it does not know."""

FORMAT = Section(
    "`format`",
    ", ".join(f"`{name}`" for name in FORMATS),
    [
        *(
            Case(
                {"type": "string", "format": name},
                valid,
                invalid,
                unwritten=UNWRITTEN.get(name, []),
                judged=False,
            )
            for name, (valid, invalid) in FORMATS.items()
        ),
        Case({"format": "date"}, ["2024-02-29"], ["x"], unwritten=[12, None, []], judged=False),
        Case(
            {"type": "string", "format": "date", "pattern": "^2024"},
            ["2024-02-29"],
            ["2023-01-01"],
            judged=False,
        ),
        *(
            Case({"type": "string", "format": name}, ["x"], [1], listed="format", judged=False)
            for name in UNKNOWN
        ),
        Case(
            {"type": "string", "format": "ipv4network"},
            ["10.0.0.0/8", "10.0.0.1"],
            ["10.0.0.0/33", "10.0.0"],
            slips=["10.0.0.1/8"],
            listed="format",
            judged=False,
        ),
        Case(
            {"type": "string", "format": "ipv6network"},
            ["2001:db8::/32", "::"],
            ["::/129", "1.2.3.4"],
            slips=["::1/8"],
            listed="format",
            judged=False,
        ),
        Case({"type": "string", "format": 3}, refused="#", judged=False),
    ],
    listed="of `ipv4network` and such, that the bits behind the prefix are 0; all others",
    refused="what is no text",
)

SECTIONS = [FORMAT]
