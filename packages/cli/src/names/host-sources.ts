import { databaseRows, databaseText } from "./databases.ts";

/*
 * Where the C library looks for names of hosts, and in which order: nsswitch.conf(5).
 */

/** A place where it looks. */
export interface HostSource {
  readonly kind: "files" | "servers";
  /** Whether it ends the search when it knows no name. */
  readonly ends: boolean;
}

/** Where it looks without a configuration; long ago the other way round. */
const UNCONFIGURED = ["files", "dns"];

/** Services that are read or asked here. systemd's own reads the file before it asks. */
const KINDS: ReadonlyMap<string, readonly HostSource["kind"][]> = new Map([
  ["files", ["files"]],
  ["dns", ["servers"]],
  ["resolve", ["files", "servers"]],
]);

/** What ends a search that found nothing: `[NOTFOUND=return]`, or all but one of the other outcomes. */
const ENDS = /[[ ](?:NOTFOUND|!(?:SUCCESS|UNAVAIL|TRYAGAIN)) *= *return\b/i;

export function hostSources(): readonly HostSource[] {
  const configuration = databaseText("/etc/nsswitch.conf");
  for (const [database, ...words] of databaseRows(configuration)) {
    if (database === "hosts:") return sourcesOf(words);
  }
  return sourcesOf(UNCONFIGURED);
}

/** Services that are not known here are passed over, with what follows them. */
function sourcesOf(words: readonly string[]): HostSource[] {
  const sources: HostSource[] = [];
  for (const [, service, actions = ""] of words.join(" ").matchAll(/([a-z0-9_]+) *((?:\[[^\]]*\] *)*)/gi)) {
    const kinds = KINDS.get(service!.toLowerCase()) ?? [];
    kinds.forEach((kind, at) => {
      sources.push({ kind, ends: at === kinds.length - 1 && ENDS.test(actions) });
    });
  }
  return sources;
}
