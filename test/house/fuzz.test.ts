import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runBulk } from "../../fuzz/bulk.ts";
import { bytesOf, textOf } from "../../fuzz/bytes.ts";
import { CHECKS } from "../../fuzz/checks/index.ts";
import { ByteChoices, SeededChoices } from "../../fuzz/choices.ts";
import { Findings } from "../../fuzz/findings.ts";
import { messageReaders, runMessages } from "../../fuzz/messages/bulk.ts";
import { minimised } from "../../fuzz/minimise.ts";
import { mutated } from "../../fuzz/mutate.ts";
import { gatherSeeds } from "../../fuzz/seeds.ts";
import { allTargets, type Target } from "../../fuzz/targets.ts";
import { tryText } from "../../fuzz/try.ts";
import { ROOT } from "../support/tools.ts";

const targets = allTargets();
const byName = new Map(targets.map((target) => [target.name, target]));
const seeds = gatherSeeds(ROOT, targets);

it("every parser is fuzzed, and has a good text to begin with", () => {
  expect(targets.length).toBeGreaterThan(140);
  expect(targets.filter(({ name }) => seeds.of.get(name)!.length === 0).map(({ name }) => name)).toEqual([]);
});

it("a fixed number of changed texts has no finding", () => {
  const findings = new Findings();
  const runs = 40 * targets.length;
  const counts = runBulk(targets, seeds, 1, { milliseconds: Number.POSITIVE_INFINITY, runs }, findings);
  expect([...counts.values()]).toEqual(targets.map(() => 40));
  expect(
    findings.all.map(({ target, check, problem, text }) => ({ target, check, problem, text: textOf(text) })),
  ).toEqual([]);
});

describe("messages of the kernel", () => {
  const limit = (runs: number) => ({ milliseconds: Number.POSITIVE_INFINITY, runs });

  it("a fixed number of changed ones has no finding, in either order of bytes", () => {
    const readers = messageReaders();
    const { counts, findings } = runMessages(ROOT, readers, 1, limit(400 * readers.length));
    expect([...counts.values()]).toEqual(readers.map(() => 400));
    expect(findings).toEqual([]);
  });

  it.each([
    ["an error that is none of the package", () => JSON.parse("{")],
    ["a number that is none", () => ({ a: [Number.NaN] })],
    ["what is not plain", () => ({ a: new Date(0) })],
    ["a byte behind the end", (bytes: Uint8Array) => new DataView(bytes.buffer).getUint8(bytes.length)],
  ])("a reader that gives %s is found", (_, read) => {
    const reader = { ...messageReaders("message tcp")[0]!, read };
    expect(runMessages(ROOT, [reader], 1, limit(8)).findings.length).toBeGreaterThan(8);
  });
});

describe("texts that once showed a fault", () => {
  const folder = join(ROOT, "fuzz", "regressions");
  it.each(readdirSync(folder))("%s", (file) => {
    const target = byName.get(file.slice(0, file.indexOf("--")));
    expect(target).toBeDefined();
    const finding = tryText(target!, readFileSync(join(folder, file)), 1, true);
    expect(finding && `${finding.check}: ${finding.problem}`).toBeUndefined();
  });
});

describe("inputs", () => {
  const soil = { own: seeds.of.get("parseArp")!, all: seeds.all };
  const some = (seed: number): string[] => {
    const choices = new SeededChoices(seed);
    return Array.from({ length: 50 }, () => mutated(soil, choices));
  };

  it("are the same for the same seed, and others for another", () => {
    expect(some(7)).toEqual(some(7));
    expect(some(7)).not.toEqual(some(8));
  });

  it("follow the bytes that the guided part decides by", () => {
    const choices = new SeededChoices(1);
    const some = Array.from({ length: 40 }, () => Uint8Array.from({ length: 40 }, () => choices.below(256)));
    const from = (bytes: Uint8Array): string => mutated(soil, new ByteChoices(bytes, 0));
    expect(some.map(from)).toEqual(some.map(from));
    const different = new Set(some.map(from));
    expect(different.size).toBeGreaterThan(10);
  });
});

/** A parser of `arp` that spoils what the true one gives. */
function spoilt(
  name: string,
  spoil: (value: never, text: Uint8Array, options: { bigint?: boolean }) => unknown,
): Target {
  const base = byName.get(name)!;
  return { ...base, parse: (text, options) => spoil(base.parse(text, options) as never, text, options as never) };
}

/** A fault for each check, and a text on which it shows. */
const FAULTS: Readonly<Record<string, readonly [Target, string]>> = (() => {
  const arp = seeds.of.get("parseArp")!.at(-1)!;
  const tcp = seeds.of.get("parseTcp")!.at(-1)!;
  const unix = seeds.of.get("parseUnix")!.at(-1)!;
  type Rows = Record<string, unknown>[];
  const arpTarget = byName.get("parseArp")!;
  const told = (change: (issue: Record<string, unknown>) => object): Target => ({
    ...arpTarget,
    parse: (text, options) => {
      const { onIssue } = options;
      return arpTarget.parse(
        text,
        onIssue ? { ...options, onIssue: (each) => onIssue(change({ ...each }) as never) } : options,
      );
    },
  });
  const bad = `${arp}bad\n`;
  const table = (scan: (rows: unknown[]) => void): Target => ({
    ...arpTarget,
    table: {
      scanner: (options) => {
        const scanner = arpTarget.table!.scanner(options);
        const finish = scanner.finish.bind(scanner);
        scanner.finish = (rows, cut) => {
          finish(rows, cut);
          scan(rows);
        };
        return scanner;
      },
    },
  });
  const tcpTarget = byName.get("parseTcp")!;
  const miscounting: Target = {
    ...tcpTarget,
    table: {
      ...tcpTarget.table!,
      counter: (options) => {
        const counter = tcpTarget.table!.counter!(options);
        const finish = counter.finish.bind(counter);
        counter.finish = (cut) => new Map([...finish(cut)].map(([state, count]) => [state, count + 1]));
        return counter;
      },
    },
  };
  return {
    "only ProcfsError": [spoilt("parseArp", () => JSON.parse("{")), arp],
    numbers: [spoilt("parseArp", (rows: Rows) => rows.map((row) => ({ ...row, flags: -0 }))), arp],
    "no row lost, none invented": [spoilt("parseArp", (rows: Rows) => rows.slice(1)), arp],
    "no more rows than lines": [
      spoilt("parseFibTriestat", (rows: Rows) => Array(99).fill(rows[0])),
      seeds.of.get("parseFibTriestat")!.at(-1)!,
    ],
    "messages escaped and bounded": [told((issue) => ({ ...issue, message: "\x1b[2J" })), bad],
    "line numbers": [told((issue) => ({ ...issue, line: Number(issue.line) - 1 })), bad],
    "plain results": [spoilt("parseArp", (rows: Rows) => rows.map((row) => Object.create(row))), arp],
    "strict throws the first issue": [
      { ...arpTarget, parse: (text, options) => arpTarget.parse(text, { onIssue: () => {}, ...options }) },
      bad,
    ],
    "bigint equals number": [
      spoilt("parseArp", (rows: Rows, _text, { bigint }) =>
        bigint ? rows.map((row) => ({ ...row, flags: 9n })) : rows,
      ),
      arp,
    ],
    "read in pieces equals read whole": [table((rows) => rows.pop()), arp],
    "where equals filtering all rows": [
      {
        ...tcpTarget,
        parse: (text, options) => tcpTarget.parse(text, { ...options, ...(options.where && { where: { uid: 4 } }) }),
      },
      tcp,
    ],
    "counts equal rows": [miscounting, tcp],
    "no line passed over": [
      { ...arpTarget, parse: (text, options) => arpTarget.parse(bytesOf(textOf(text).replace("}{\n", "")), options) },
      arp,
    ],
    "escaped text is inert and whole": [{ ...byName.get("escapeText")!, parse: (text) => textOf(text) }, "a\x1b[2J"],
    "links are told digit by digit": [
      { ...byName.get("parseFdTarget")!, parse: () => ({ kind: "socket", inode: 777 }) },
      "socket:[0x309]",
    ],
    "prototypes untouched": [
      {
        ...arpTarget,
        parse: (text, options) => {
          (Object.prototype as Record<string, unknown>).polluted = unix;
          return arpTarget.parse(text, options);
        },
      },
      arp,
    ],
  };
})();

describe("each check finds a fault of its kind:", () => {
  it.each(CHECKS.map(({ name }) => name))("%s", (name) => {
    const [target, text] = FAULTS[name]!;
    try {
      const found = Array.from({ length: 40 }, (_, seed) => tryText(target, bytesOf(text), seed, true));
      expect(found.map((finding) => finding?.check)).toContain(name);
    } finally {
      delete (Object.prototype as Record<string, unknown>).polluted;
    }
  });
});

it("a finding is made as small as can be", () => {
  const [target, text] = FAULTS["links are told digit by digit"]!;
  const finding = tryText(target, bytesOf(`${text}, and more that does not matter`), 1, true)!;
  expect(textOf(minimised(finding, new Map([[target.name, target]])).text)).toBe("");
});

describe("the command", () => {
  const args = ["--runs", "500", "--seed", "1", "--only", "parseArp"];
  const options = { cwd: ROOT, encoding: "utf8" } as const;
  const npm = () => spawnSync("npm", ["--silent", "start", "--workspace", "fuzz", "--", ...args], options);
  const again = (env: Record<string, string> = {}) =>
    spawnSync(process.execPath, [join(ROOT, "fuzz", "build", "fuzz.js"), ...args], {
      ...options,
      env: { ...process.env, ...env },
    });

  it("tries as many inputs as it was told, the same ones each time, and says what it did", () => {
    const { stdout, stderr, status } = npm();
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatch(/^seed 1; 1 targets, [0-9]+ texts to begin with\nguided by coverage: [0-9]+ inputs/);
    expect(stdout).toMatch(/\nby structure: 400 inputs[\s\S]*no finding\n$/);
    const [, first, last] = /([0-9]+) branches of the library reached by the good texts, ([0-9]+) at the end/.exec(
      stdout,
    )!;
    expect(Number(first)).toBeGreaterThan(50);
    expect(Number(last)).toBeGreaterThan(Number(first));
    const plain = (text: string): string => text.replaceAll(/ in [0-9]+ s, [0-9]+ a second|growth: .*/g, "");
    expect(plain(again().stdout)).toBe(plain(stdout));
  });

  // As where Jazzer.js has no add-on for the machine, or one for a newer C library.
  it("says so and leaves with 2 where no add-on can be loaded, and tries the other part all the same", () => {
    expect(npm().status).toBe(0);
    const { stdout, stderr, status } = again({ NODE_OPTIONS: "--no-addons" });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^The part guided by coverage could not run here; .*alone:\n[\s\S]*ERR_DLOPEN_DISABLED/);
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(/^The part guided by coverage could not run here/);
    expect(stdout).toMatch(/^seed 1; .*\nby structure: 400 inputs[\s\S]*\nno finding\n$/);
  });
});
