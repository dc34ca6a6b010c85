/** Numbers at the edges of what columns, doubles and the kernel's types hold. */
export const NUMBERS: readonly string[] = [
  ...[
    "0",
    "1",
    "-1",
    "-0",
    "00",
    "+1",
    "1.5",
    "1e3",
    "7",
    "9",
    "10",
    "64",
    "127",
    "128",
    "255",
    "256",
    "65535",
    "65536",
  ],
  ...["2147483647", "2147483648", "-2147483648", "-2147483649", "4294967295", "4294967296", "999999999999999"],
  ...["9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740993", "9223372036854775807"],
  ...["9223372036854775808", "-9223372036854775808", "18446744073709551615", "18446744073709551616"],
  ...["7FFFFFFF", "80000000", "FFFFFFFF", "100000000", "ffffffffffffffff", "10000000000000000", "1FFFFFFFFFFFFF"],
  ...["0x0", "0x", "0X1F", "0x80000000", "0xffffffffffffffff", "0x000002", "x", "NaN", "Infinity", "1_000", "٣"],
  "9".repeat(310),
  "f".repeat(260),
  "0".repeat(40),
  `-${"0".repeat(20)}`,
  `${"0".repeat(20)}7`,
];

/** Names and words that mean something to a language, a terminal or a format. */
export const WORDS: readonly string[] = [
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "length", "0", "-1", "then"],
  ...["*", "-", "--", "?", "N/A", "none", "null", "undefined", "unlimited", "(null)", "(deleted)", "UNKNOWN(14)"],
  ...[
    "\x1b[2J",
    "\x1b]0;x\x07",
    "\x9b31m",
    "a\rb",
    "\x08",
    "\x7f",
    "\x00",
    "a\x00b",
    "\xff\xfe",
    "\xc3\x28",
    "\xed\xa0\x80",
  ],
  ...["\xe2\x80\xae", "\xe2\x80\x8b", "\xc2\xa0", "\xe3\x80\x80", "\xef\xbb\xbf", "\xcd\x8f", "\xf3\xa0\x81\x81"],
  ...[
    "sl",
    "face",
    "Inter-|",
    "Num",
    "Iface",
    "IP",
    "Tcp:",
    "eth0:",
    "lo",
    "@",
    "@@",
    "/",
    "//",
    "..",
    "[",
    "]",
    "(",
    ")",
  ],
  ...[
    "[::]:80",
    "::ffff:192.0.2.1",
    "192.0.2.1:80",
    "256.0.0.1",
    "00:00:00:00:00:00",
    "0:0",
    "a=b",
    "=",
    "a=",
    "key=1,2",
  ],
  "x".repeat(200),
];

/** What stands between tokens, or nearly so. */
export const SEPARATORS: readonly string[] = [
  ...[" ", "  ", "\t", " \t ", "", "\x0b", "\x0c", "\xc2\xa0", "\r", "\x00", ":", ",", "=", "/", "|", ";", "\n"],
];

/** How lines end, or nearly so. */
export const LINE_ENDS: readonly string[] = ["\n", "\r\n", "\r", "", "\n\n", " \n", "\t\n", "\x00\n", "\n\r"];

/** Lines that belong nowhere, or in another place. */
export const LINES: readonly string[] = [
  ...[
    "",
    " ",
    "\t",
    "\r",
    "\x00",
    "garbage",
    "x",
    ":",
    "#",
    "  -",
    "----",
    "{}",
    "0",
    "00000000000000000000000000000000",
  ],
  "0000000000000000: 00000002 00000000 00010000 0001 01 4711 /run/docker.sock",
  "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0 100 0 0 10 0",
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
  "Num       RefCount Protocol Flags    Type St Inode Path",
];
