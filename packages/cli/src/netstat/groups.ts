import { type Igmp, type Igmp6, parseIgmp, parseIgmp6 } from "procnet/parse";
import { numericAddress } from "../names/addresses.ts";
import type { Names } from "../names/names.ts";
import { foreign, left } from "../text/printf.ts";
import { bytewise, shownName } from "./device-names.ts";
import { netDirectory, readFile } from "./files.ts";
import type { Flags } from "./flags.ts";
import type { Page } from "./page.ts";
import { Unreadable } from "./unreadable.ts";

/*
 * Multicast groups that this machine is a member of.
 */

/** A membership, with the name of its interface as it is shown. */
interface Membership {
  readonly device: string;
  readonly users: number;
  readonly group: string;
}

type Problem = () => void;

/** Prints them and gives the exit code. */
export async function printGroups(flags: Flags, names: Names, root: string | undefined, page: Page): Promise<number> {
  const directory = netDirectory(root);
  const both = !flags.families.includes("inet") && !flags.families.includes("inet6");
  page.print("IPv6/IPv4 Group Memberships\n");
  page.print("Interface       RefCnt Group\n--------------- ------ ---------------------\n");
  const bytes6 = readFile(`${directory}/igmp6`);
  const groups6 = (onIssue: Problem): Igmp6[] =>
    bytes6 === undefined ? [] : parseIgmp6(bytewise(bytes6), { onIssue });
  if (both || flags.families.includes("inet")) {
    const bytes = readFile(`${directory}/igmp`);
    if (bytes === undefined) {
      page.warn("netstat: no support for `AF INET (igmp)' on this system.");
      return 1;
    }
    await printTable("igmp", (onIssue) => named(parseIgmp(bytes, { onIssue }), groups6), names, page);
  }
  if (both || flags.families.includes("inet6")) {
    const shown = (onIssue: Problem): Membership[] =>
      groups6(onIssue).map((row) => ({ ...row, device: shownName(row.device) }));
    await printTable("igmp6", shown, names, page);
  }
  return 0;
}

/**
 * The rows with their names as shown. igmp pads names by their bytes, so it cannot be read with a character for each byte: a
 * name that is no text is taken from the other table.
 */
function named(rows: readonly Igmp[], groups6: (onIssue: Problem) => Igmp6[]): Membership[] {
  if (!rows.some(({ device }) => device.includes("\ufffd"))) {
    return rows.map((row) => ({ ...row, device: foreign(row.device) }));
  }
  const raw = new Map(groups6(() => {}).map(({ ifIndex, device }) => [ifIndex, shownName(device)]));
  return rows.map((row) => ({ ...row, device: raw.get(row.ifIndex) ?? foreign(row.device) }));
}

async function printTable(
  file: string,
  parse: (onIssue: Problem) => readonly Membership[],
  names: Names,
  page: Page,
): Promise<void> {
  const unreadable = new Unreadable();
  const rows = parse(unreadable.onIssue);
  await names.prepare?.(rows.map(({ group }) => group));
  for (const { device, users, group } of rows) {
    const name = names.host(group);
    const shown = name === undefined ? numericAddress(group) : foreign(name);
    page.print(`${left(device, 15)} ${String(users).padEnd(6)} ${shown}\n`);
    if (!page.open) return;
  }
  unreadable.report(file, page);
}
