import { stringify } from "yaml";
import type { TestedAlert } from "./alert.ts";
import { NETWORK_ALERTS, SERVER_ALERTS } from "./counter-alerts.ts";
import { FINDING_ALERTS } from "./finding-alerts.ts";
import { RECORDINGS } from "./recording-rules.ts";

const BY = "# `npm run rules` writes this file, and a test holds it to the findings that procnet judges.";

/** Alerts of all groups. */
export const ALERTS: readonly TestedAlert[] = [...FINDING_ALERTS, ...NETWORK_ALERTS, ...SERVER_ALERTS];

const group = (name: string, rules: readonly { readonly rule: object }[]): object => {
  return { name, rules: rules.map(({ rule }) => rule) };
};

const yamlOf = (head: string, groups: readonly object[]): string =>
  `${head}\n${stringify({ groups }, { lineWidth: 130, blockQuote: "folded" })}`;

/** The file of alerts. */
export const alertsYaml = (): string =>
  yamlOf(
    `${BY}
# Alerts of the metrics of \`procnet serve\`. procnet.findings is what the server judges itself: 2 is a warning, 3 critical.
# procnet.network needs more history than it has. procnet.server is whether it works; ProcnetDown takes the job to be called procnet.`,
    [
      group("procnet.findings", FINDING_ALERTS),
      group("procnet.network", NETWORK_ALERTS),
      group("procnet.server", SERVER_ALERTS),
    ],
  );

/** The file of what is recorded. */
export const recordingYaml = (): string =>
  yamlOf(
    `${BY}
# What panels and fleets ask for again and again, as level:metric:operations. No alert needs it.`,
    [group("procnet.recording", RECORDINGS)],
  );
