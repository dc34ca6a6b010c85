import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { FINDINGS } from "../../packages/procnet/src/live.ts";
import { unknownIn } from "../support/server/promql.ts";
import { alertNameOf, NEEDLESS, QUIET_FINDINGS } from "../support/server/rules/finding-alerts.ts";
import { promtoolTests } from "../support/server/rules/promtool-tests.ts";
import { RECORDINGS } from "../support/server/rules/recording-rules.ts";
import { ALERTS, alertsYaml, recordingYaml } from "../support/server/rules/rule-files.ts";
import { missingTools, ROOT, skipIf } from "../support/tools.ts";

const DEPLOY = join(ROOT, "packages/server/deploy");
const FILES = [
  ["alerts.yml", alertsYaml],
  ["recording.yml", recordingYaml],
] as const;
const PATHS = FILES.map(([name]) => join(DEPLOY, name));

function promtool(...args: readonly string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync("promtool", args, { encoding: "utf8", maxBuffer: 1 << 26 });
  return { status, said: `${stdout}${stderr}` };
}

it.each(FILES)("deploy/%s is what is written of the findings: `npm run rules` writes it", (name, written) => {
  const path = join(DEPLOY, name);
  if (process.env.WRITE_RULES !== undefined) writeFileSync(path, written());
  expect(readFileSync(path, "utf8")).toBe(written());
});

describe("alerts", () => {
  it("are of every finding that calls for somebody, and of no other", () => {
    const named = new Set(ALERTS.map(({ rule }) => rule.alert));
    const without = FINDINGS.map(({ id }) => id).filter((id) => !named.has(alertNameOf(id)));
    expect(without).toEqual(QUIET_FINDINGS);
    expect(NEEDLESS).toEqual([]);
    expect(without).toEqual([
      ...["tcp-syn-cookies-bad", "tcp-spurious", "udp-no-port", "udp-checksum", "raw-packet-drops"],
      ...["softnet-flow-limit", "interface-storm", "conntrack-insert-failed", "xfrm-errors", "tls-errors"],
    ]);
  });

  it("lead to where the documentation tells of them", () => {
    const leading = ALERTS.map(({ rule }) => rule.annotations.runbook_url.replace(/^.*\/blob\/main\//, ""));
    const lost = leading.filter((link) => {
      const [page = "", anchor = ""] = link.split("#");
      const text = readFileSync(join(ROOT, page), "utf8");
      return !text.includes(`<a id="${anchor}"></a>`) && !text.toLowerCase().includes(`\n## ${anchor}\n`);
    });
    expect(lost).toEqual([]);
  });
});

it("rules ask for metrics and labels that the server has", () => {
  const wrong = ALERTS.flatMap(({ rule: { expr, annotations } }) => {
    const shown = [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, label = ""]) => label);
    return unknownIn(expr, shown);
  });
  expect([...wrong, ...RECORDINGS.flatMap(({ rule }) => unknownIn(rule.expr))]).toEqual([]);
});

it("promtool finds nothing wrong with the rules", (context) => {
  skipIf(context, missingTools("promtool"));
  const { status, said } = promtool("check", "rules", ...PATHS);
  expect(said).toContain(`SUCCESS: ${ALERTS.length} rules found`);
  expect({ status, said: said.replaceAll(/^(Checking .*| +SUCCESS: .*)?\n/gm, "") }).toEqual({ status: 0, said: "" });
});

it("each rule fires in its case, and not in one that is nearly the same", (context) => {
  skipIf(context, missingTools("promtool"));
  const folder = mkdtempSync(join(tmpdir(), "procnet-rules-"));
  const file = join(folder, "tests.yml");
  writeFileSync(file, stringify(promtoolTests(PATHS)));
  const { status, said } = promtool("test", "rules", file);
  rmSync(folder, { recursive: true });
  expect({ status, said }).toEqual({ status: 0, said: expect.stringContaining("SUCCESS") });
});
