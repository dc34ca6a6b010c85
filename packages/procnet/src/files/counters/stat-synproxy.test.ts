import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { itGivesBackRows } from "../../../../../test/support/tables/stat.ts";
import { parseStatSynproxy } from "./stat-synproxy.ts";

const HEADER = "entries\t\tsyn_received\tcookie_invalid\tcookie_valid\tcookie_retrans\tconn_reopened\n";
const TEXT = `${HEADER}00000000\t0000002a\t00000001\t00000029\t00000003\t00000004\n00000000\t00000000\t00000000\t00000000\t00000000\t00000000\n`;

it("is not led astray by the two tabs in the header", () => {
  const [first, second] = parseStatSynproxy(bytes(TEXT));
  const zeros = { entries: 0, synReceived: 0, cookieInvalid: 0, cookieValid: 0, cookieRetrans: 0, connReopened: 0 };
  expect(first).toEqual({
    ...zeros,
    synReceived: 42,
    cookieInvalid: 1,
    cookieValid: 41,
    cookieRetrans: 3,
    connReopened: 4,
  });
  expect(second).toEqual(zeros);
});

itGivesBackRows({
  parse: parseStatSynproxy,
  header: HEADER,
  fields: ["entries", "synReceived", "cookieInvalid", "cookieValid", "cookieRetrans", "connReopened"],
  separator: "\t",
});
describeBroken("stat/synproxy", TEXT, parseStatSynproxy, { header: HEADER });
