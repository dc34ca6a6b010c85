import { describe, expect, it } from "vitest";
import { runIn, sameMoment } from "../../support/netstat/compare.ts";
import { asTyped, PROCNET_SS } from "../../support/ss/everyday.ts";
import { masked } from "../../support/ss/masks.ts";
import { useEveryday } from "../../support/ss/use-everyday.ts";
import { skipIf } from "../../support/tools.ts";

/*
 * Every option that ss itself lists: the same text, or one sentence with what would help, and never another answer.
 */

const here = useEveryday({ "nsswitch.conf": "hosts: files\nservices: files\n" });

/** Options that are answered with a sentence, and what is in it. docs/ss.md lists them. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  events: /procnet watch/,
  context: /SELinux/,
  contexts: /SELinux/,
  net: /: ip netns exec other procnet ss, or nsenter --net=\/run\/netns\/other procnet ss; procnet sockets --netns other$/m,
  kill: /-K without conditions/,
  diag: /not dumped/,
};

/** Those that say something else on purpose: of themselves. */
const OWN = ["help", "version"];

/** What stands behind options that take something. */
const VALUES: Readonly<Record<string, string>> = {
  family: "inet",
  query: "tcp,udp",
  socket: "unix",
  filter: "/dev/null",
  net: "other",
  diag: "/dev/null",
};

interface Listed {
  readonly letter: string | undefined;
  readonly name: string;
}

/** The options of ss's help: `-n, --numeric  ...`. */
function listed(): Listed[] {
  const { out } = runIn(here(), ["ss", "--help"]);
  return [...out.matchAll(/^ +(?:-(\w), )?--([a-z\d-]+)/gm)].map(([, letter, name]) => ({ letter, name: name! }));
}

function run(...words: string[]) {
  return runIn(here(), [...PROCNET_SS, ...words]);
}

describe("each option of ss's help", () => {
  it("is known by both of its names", () => {
    const options = listed();
    expect(options.length).toBeGreaterThan(38);
    const mask = masked("times", "clocks", "machineWide", "errors");
    for (const { letter, name } of options) {
      if (OWN.includes(name)) continue;
      const value = VALUES[name];
      const words = value === undefined ? [`--${name}`] : [`--${name}=${value}`];
      const short = value === undefined ? [`-${letter}`] : [`-${letter}`, value];
      const refusal = REFUSED[name];
      for (const spelled of letter === undefined ? [words] : [words, short]) {
        const line = [...spelled, "-a", "-t", "-n"];
        if (refusal === undefined) {
          const { ours, theirs } = sameMoment(here(), line, mask, "ss", asTyped(here(), undefined));
          expect(ours, line.join(" ")).toEqual(theirs);
          continue;
        }
        const ours = run(...line);
        expect(ours, spelled.join(" ")).toEqual({
          out: "",
          err: expect.stringMatching(/^ss: [^\n]+\n$/),
          code: 1,
        });
        expect(ours.err).toMatch(refusal);
      }
    }
  });
});

it.each([
  ["-t --json", "unknown option '--json'"],
  ["-t --bytes", "unknown option '--bytes'"],
  ["-ty", "unknown option '-y'"],
  ["-F /no/such/file -t", "--filter: /no/such/file cannot be read: ENOENT"],
  ["-0a src arp", '"link:" is no family whose addresses procfs tells'],
  ["-f netlink src rtnl", '"netlink:" is no family whose addresses procfs tells'],
  ["-xa dst /run/*", "only src can be a path"],
])("ss %s is refused, not answered in another way", (line, sentence) => {
  const { out, err, code } = run(...line.split(" "));
  expect({ out, code }).toEqual({ out: "", code: 2 });
  expect(err).toContain(sentence);
});

it("-w by a word that procfs does not know is an error where the kernel has no table of raw sockets", (context) => {
  skipIf(context, !run("-a").err.includes("raw is read from procfs") ? "this kernel tells of raw sockets" : undefined);
  expect(run("-wa", "dev", "=", "lo")).toMatchObject({
    out: "",
    code: 4,
    err: expect.stringContaining("procfs does not tell dev"),
  });
  const all = run("-an", "dev", "=", "lo");
  expect(all.out).toContain("127.0.0.53%lo:53");
  expect(all.err).toMatch(/^ss: raw is left out: procfs does not tell dev, and sock_diag of raw: ENOENT\n$/);
});
