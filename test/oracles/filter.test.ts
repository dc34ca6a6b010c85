import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { procnet } from "../support/command/run.ts";
import { useScene } from "../support/use-scene.ts";

/*
 * ss(8) and we look at the same sockets, in every state there is, through the same filters. Precedence is left out by
 * parentheses: the manual of ss says that `and` binds more tightly than `or`, ss 6.1 reads them from left to right.
 */

const scene = useScene("ss");
const TRIES = 10;

/** Numbers of the sockets that pass; 0 for each that has none any more. */
async function ours(args: readonly string[]): Promise<string> {
  const { out, err, code } = await procnet([
    "sockets",
    "--columns",
    "inode",
    "--no-header",
    "--netns",
    scene().namespace.name,
    ...args,
  ]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return sorted(
    out
      .split("\n")
      .slice(0, -1)
      .map((line) => Number(line)),
  );
}

const sorted = (numbers: readonly number[]): string => [...numbers].sort((a, b) => a - b).join(" ");

function theirs(flags: string, words: readonly string[]): string {
  const lines = scene()
    .namespace.run("ss", [`${flags}nH`, ...words])
    .split("\n")
    .filter(Boolean);
  if (flags === "-t" || flags === "-u" || flags.includes("e"))
    return sorted(lines.map((line) => Number(/ ino:(\d+)/.exec(line)?.[1] ?? 0)));
  // The name may hold anything, a newline too.
  return sorted(lines.flatMap((line) => /(\d+) +\* \d+ *$/.exec(line)?.[1] ?? []).map(Number));
}

/** Both answers, from a moment at which ours stayed as it was. */
async function expectAgreed(
  flags: string,
  words: readonly string[],
  shown: readonly string[] = [flags],
): Promise<void> {
  let before = "";
  let other = "";
  let after = "";
  for (let attempt = 0; attempt < TRIES; attempt++) {
    before = await ours([...shown, "--no-owners", ...words]);
    other = theirs(flags.replace(/^-[twu]+$/, "$&ea"), words);
    after = await ours([...shown, "--no-owners", ...words]);
    if (before === after) break;
  }
  expect(after, `ss ${flags} ${words.join(" ")}`).toBe(other);
}

const STATES = [
  ...[
    "established",
    "syn-sent",
    "syn-recv",
    "fin-wait-1",
    "fin-wait-2",
    "time-wait",
    "closed",
    "close-wait",
    "last-ack",
  ],
  ...[
    "listening",
    "closing",
    "unconnected",
    "close",
    "syn-rcv",
    "all",
    "connected",
    "synchronized",
    "bucket",
    "big",
    "BIG",
  ],
];

describe("states as ss means them", () => {
  it.each(STATES)("%s", async (state) => {
    for (const flags of ["-t", "-u", "-tu"]) {
      await expectAgreed(flags, ["state", state]);
      if (state !== "all") await expectAgreed(flags, ["excl", state]);
    }
  });

  it("several words build one set, from left to right", async () => {
    const word = fc
      .tuple(fc.constantFrom("state", "exclude", "excl"), fc.constantFrom(...STATES))
      .map((pair) => [...pair]);
    const sequences = fc.sample(fc.array(word, { minLength: 2, maxLength: 5 }), { seed: 7, numRuns: 60 });
    for (const words of sequences.map((sequence) => sequence.flat())) {
      const refusal = await procnet(["sockets", "-t", ...words]);
      if (refusal.code === 2) expect(refusal.err).toContain("no state is left");
      else await expectAgreed("-t", words);
    }
  });

  it("and take the place of those that -l means", async () => {
    for (const words of [
      ["state", "established"],
      ["exclude", "listening"],
      ["state", "listening", "exclude", "time-wait"],
    ]) {
      await expectAgreed("-t", words, ["-t", "-l"]);
    }
    await expectAgreed("-t", ["state", "listening"], ["-t", "-l"]);
  });
});

const ADDRESSES = [
  ...["::/0", "::/95", "::/96", "::/97", "0.0.0.0/0", "0/0", "127/8", "192.0.2/24", "127.0.0.1", "192.0.2.1", "[::1]"],
  ...[
    "2001:db8::/32",
    "[2001:db8::1]",
    "any",
    "all",
    "default",
    "*",
    "inet:*",
    "inet6:*",
    "inet:127.0.0.1",
    "inet:127/8",
  ],
  ...["inet6:[::1]", "[::1]:*", "::ffff:0:0/95", "::fffe:0:0/95", "::ffff:0:0/80", "127.0.0.0/255.0.0.0"],
];
const SIDES = ["src", "dst"] as const;
const HOSTS = ADDRESSES.flatMap((address) => SIDES.map((side): [string, string] => [side, address]));
/**
 * Of which ss says the contrary with `not`. It asks the kernel and then itself: the kernel says that no socket of IPv4 is in
 * ::/95, ss compares the bytes 0.0.0.0 with those of :: and says that it is. A family that is named once is meant in all of
 * a filter.
 */
const PLAIN = HOSTS.filter(([, address]) => !/^inet|\/0$|^::.*\/(8|9)/.test(address));

describe("addresses as ss means them", () => {
  it.each(HOSTS)("%s %s", async (side, address) => {
    for (const flags of ["-t", "-u"]) await expectAgreed(flags, [side, address]);
    if (PLAIN.some(([, plain]) => plain === address)) await expectAgreed("-t", ["not", "(", side, "=", address, ")"]);
  });

  it("joined in every way", async () => {
    const port = (): number => scene().ports["listen"]!;
    const leaf = fc.oneof(
      fc.constantFrom(...PLAIN).map(([side, address]) => `${side} ${address}`),
      fc
        .tuple(
          fc.constantFrom("sport", "dport"),
          fc.constantFrom("=", "!=", "<", ">", "<=", ">=", "eq", "ne", "lt", "gt"),
        )
        .chain(([side, comparison]) =>
          fc.constantFrom("PORT", "81", "9", "0").map((text) => `${side} ${comparison} :${text}`),
        ),
      fc.constantFrom("sport = :*", "dport = :*", "src *:PORT", "dst :PORT"),
    );
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc
          .tuple(tie("tree"), tie("tree"), fc.constantFrom("and", "or", "&", "|", "&&", "||", ""))
          .map(([a, b, word]) => `( ${a} ) ${word} ( ${b} )`),
        fc.tuple(tie("tree"), fc.constantFrom("not", "!")).map(([a, word]) => `${word} ( ${a} )`),
      ),
    }));
    for (const text of fc.sample(tree, { seed: 11, numRuns: 120 })) {
      await expectAgreed("-t", [`( ${text.replaceAll("PORT", String(port()))} )`]);
    }
  });
});

describe("unix sockets as ss means them", () => {
  const STATE_WORDS = ["listening", "established", "closed", "big", "connected", "synchronized"];
  it.each([
    ...STATE_WORDS.flatMap((word) => [`state ${word}`, `exclude ${word}`]),
    ...[
      "src /*victim",
      "src /*VICTIM",
      "src unix:/*victim",
      "not ( src /*victim )",
      "src /*/*a*",
      "src @*",
      "src unix:*",
    ],
  ])("%s", async (text) => {
    const words = text.split(" ");
    const { out } = await procnet([
      "sockets",
      "-x",
      "--no-owners",
      "--columns",
      "inode",
      "--no-header",
      "--netns",
      scene().namespace.name,
      ...words,
    ]);
    const forged = scene().inodes.victim;
    // Sockets that nobody has accepted have the inode 0, and ss does not tell of them; the scene has a forged row with the
    // inode of another, which ss does not see.
    const inodes = new Set(
      out
        .split("\n")
        .slice(0, -1)
        .map(Number)
        .filter((inode) => inode > 0 && inode !== forged),
    );
    const others = theirs("-xa", words)
      .split(" ")
      .map(Number)
      .filter((inode) => inode > 0 && inode !== forged);
    expect(sorted([...inodes])).toBe(sorted(others));
  });
});
