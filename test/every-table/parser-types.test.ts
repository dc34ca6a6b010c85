import { beforeAll, describe, expect, it } from "vitest";
import * as door from "../../packages/procnet/src/parse.ts";
import * as tables from "../../packages/procnet/src/tables.ts";
import { typeErrors } from "../support/snippets.ts";

/*
 * What the compiler says of every parser of the door, whatever the caller knows of its options: a program is written for each,
 * and all are checked together.
 */

/** They take no text of a file, or no options. */
const WITHOUT_OPTIONS: readonly string[] = ["parseAddressRange", "parseFdTarget"];
const PARSERS = Object.keys(door).filter((name) => name.startsWith("parse") && !WITHOUT_OPTIONS.includes(name));

/** The table that a parser reads like, by the names of the two; `parseDev` makes a map of the rows. */
function tableOf(parser: string): string | undefined {
  if (parser === "parseDev") return undefined;
  if (parser === "parseCanRcvlist") return "canRcvlistAll";
  const name = parser.charAt("parse".length).toLowerCase() + parser.slice("parse".length + 1);
  return name in tables ? name : undefined;
}

/** Whether 64-bit counters are among what a parser gives, where no table says so. */
const COUNTS: Readonly<Record<string, boolean>> = { parseDev: true, parseProcessStat: true };

const PRELUDE = `
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<A, B>(is: Same<A, B>): void;
declare const open: { readonly bigint: boolean };
declare const any: import("procnet/parse").ParseOptions;
declare const one: { readonly bigint: true } | { readonly bigint?: false };
`;

const forms = (parser: string): string => `
import { ${parser} as parse } from "procnet/parse";
${PRELUDE}
const plain = parse(bytes);
const exact = parse(bytes, { bigint: true });
const either = parse(bytes, open);
const known = [parse(bytes, {}), parse(bytes, { bigint: false }), parse(bytes, { onIssue: () => {} })] as const;
same<(typeof known)[0], typeof plain>(true);
same<(typeof known)[1], typeof plain>(true);
same<(typeof known)[2], typeof plain>(true);
const unknown = [parse(bytes, any), parse(bytes, one)] as const;
same<(typeof unknown)[0], typeof either>(true);
same<(typeof unknown)[1], typeof either>(true);
const holds: (typeof either)[] = [plain, exact];
`;

const likeItsTable = (table: string): string => `
import { read } from "procnet";
import { ${table} as table } from "procnet/tables";
const rows = read(table);
const exactRows = read(table, { bigint: true });
same<typeof plain, typeof rows>(true);
same<typeof exact, typeof exactRows>(true);
declare const counts: Same<typeof rows, typeof exactRows>;
const differs: Same<typeof either, typeof plain> = counts;
`;

const withCounters = (counts: boolean): string => `
same<typeof exact, typeof plain>(${!counts});
same<typeof either, typeof plain>(${!counts});
same<typeof either, typeof exact>(${!counts});
`;

describe("the compiler knows what comes of", () => {
  let errors = new Map<string, string[]>();
  beforeAll(() => {
    errors = typeErrors(
      PARSERS.map((place) => {
        const table = tableOf(place);
        const rest = table === undefined ? withCounters(COUNTS[place] ?? false) : likeItsTable(table);
        return { place, language: "ts", runs: false, code: forms(place) + rest };
      }),
    );
  });

  it.each(PARSERS)("%s", (name) => {
    expect(errors.get(name)).toEqual([]);
  });
});
