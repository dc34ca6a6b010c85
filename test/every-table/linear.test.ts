import { afterAll, expect, it } from "vitest";
import { latin1 } from "../../packages/procnet/src/bytes/strings.ts";
import { isProcfsError } from "../../packages/procnet/src/errors.ts";
import { escapeText, parseCgroup, placementOf, programOf } from "../../packages/procnet/src/index.ts";
import { CORPUS, otherTables } from "../support/tables/corpus.ts";
import {
  type Growth,
  growth,
  isSuspect,
  type Run,
  type Seed,
  type Shape,
  shapesOf,
} from "../support/tables/hostile.ts";

/*
 * Every parser is linear in its text, whoever wrote it: SECURITY.md counts one that is not as a hole. What counts is how the
 * time grows, not how long it is, and a first suspicion is looked at again with more care and more text, so that a busy
 * machine does not fail the test. `LINEAR_TABLE=1 npx vitest run test/every-table/linear.test.ts` tries
 * more texts and prints the slowest growth of each parser.
 */

/** Between linear (1) and quadratic (2). */
const LIMIT = 1.5;

/** Sizes and runs of the closer look. */
const CLOSE = { small: 1 << 18, large: 1 << 20, runs: 2 };

const ALL = process.env["LINEAR_TABLE"] !== undefined;

const options = { onIssue: (): void => {} };

const parsers: [name: string, seed: Seed, run: Run][] = [
  ...CORPUS.map((sample): [string, Seed, Run] => [sample.file, sample, (text) => sample.parse(text, options)]),
  ...otherTables().map(([name, parse]): [string, Seed, Run] => [
    name,
    { header: "", rows: "a 1\n" },
    (text) => parse(text, options),
  ]),
  [
    "placementOf",
    { header: "", rows: "0::/system.slice/docker-3aa5ebf863c7.scope\n" },
    (text) => placementOf(parseCgroup(text, options)),
  ],
  [
    "programOf",
    { header: "", rows: "nginx: worker process\0/usr/sbin/nginx\0" },
    (text) => {
      const all = latin1(text, 0, text.length);
      programOf({ comm: "nginx", cmdline: all.split("\0"), exe: all });
    },
  ],
  ["escapeText", { header: "", rows: "a\u001b[2J \\\n" }, (text) => escapeText(latin1(text, 0, text.length))],
];

/** The growth of what is suspect. What others do on the machine can only make it look worse, so the better of two counts. */
function closeLook(run: Run, shape: Shape): Growth {
  const first = growth(run, shape, CLOSE.small, CLOSE.large, CLOSE.runs);
  if (first.exponent < 1.2 || first.milliseconds > 2000) return first;
  const second = growth(run, shape, CLOSE.large, CLOSE.large << 2, CLOSE.runs + 1);
  return second.exponent < first.exponent ? second : first;
}

const slowest: [exponent: number, milliseconds: number, file: string, shape: string][] = [];

afterAll(() => {
  if (!ALL) return;
  slowest.sort((a, b) => b[0] - a[0]);
  const lines = slowest.map(
    ([exponent, time, file, shape]) => `${exponent.toFixed(2)} ${time.toFixed(0).padStart(5)} ms  ${file}: ${shape}`,
  );
  console.log(`growth, time for a megabyte or four, file and text\n${lines.join("\n")}`);
});

it.each(parsers)("%s is read in time that grows as the text does", (file, seed, run) => {
  const answer: Run = (text) => {
    try {
      run(text);
    } catch (error) {
      if (!isProcfsError(error)) throw error;
    }
  };
  let worst: (typeof slowest)[number] | undefined;
  for (const shape of shapesOf(seed, ALL)) {
    if (!isSuspect(answer, shape)) continue;
    const { exponent, milliseconds } = closeLook(answer, shape);
    if (exponent > (worst?.[0] ?? 0)) worst = [exponent, milliseconds, file, shape.name];
    if (exponent > LIMIT && !ALL) break; // one is enough, and each takes long
  }
  if (worst === undefined) return;
  slowest.push(worst);
  expect(worst[0], `${worst[3]} takes ${worst[1]} ms`).toBeLessThan(LIMIT);
});
