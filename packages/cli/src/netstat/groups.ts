import { type OnIssue, read } from "procnet";
import type { Igmp, Igmp6 } from "procnet/parse";
import { igmp, igmp6 } from "procnet/tables";
import { numericAddress } from "../names/addresses.ts";
import type { Names } from "../names/names.ts";
import { foreign, left } from "../text/printf.ts";
import { shownName } from "./device-names.ts";
import type { Flags } from "./flags.ts";
import type { Page } from "./page.ts";
import { sourceOf, unlessAbsent } from "./source.ts";
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

type Problem = OnIssue;

/** Prints them and gives the exit code. */
export async function printGroups(flags: Flags, names: Names, root: string | undefined, page: Page): Promise<number> {
  const of = sourceOf(root);
  const both = !flags.families.includes("inet") && !flags.families.includes("inet6");
  page.print("IPv6/IPv4 Group Memberships\n");
  page.print("Interface       RefCnt Group\n--------------- ------ ---------------------\n");
  const groups6 = (onIssue: Problem): Igmp6[] =>
    unlessAbsent(() => read(igmp6, { of, encoding: "latin1", onIssue })) ?? [];
  if (both || flags.families.includes("inet")) {
    const unreadable = new Unreadable();
    const rows = unlessAbsent(() => read(igmp, { of, onIssue: unreadable.onIssue }));
    if (rows === undefined) {
      page.warn("netstat: no support for `AF INET (igmp)' on this system.");
      return 1;
    }
    await printTable("igmp", named(rows, groups6), unreadable, names, page);
  }
  if (both || flags.families.includes("inet6")) {
    const unreadable = new Unreadable();
    const shown = groups6(unreadable.onIssue).map((row) => ({ ...row, device: shownName(row.device) }));
    await printTable("igmp6", shown, unreadable, names, page);
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
  rows: readonly Membership[],
  unreadable: Unreadable,
  names: Names,
  page: Page,
): Promise<void> {
  await names.prepare?.(rows.map(({ group }) => group));
  for (const { device, users, group } of rows) {
    const name = names.host(group);
    const shown = name === undefined ? numericAddress(group) : foreign(name);
    page.print(`${left(device, 15)} ${String(users).padEnd(6)} ${shown}\n`);
    if (!page.open) return;
  }
  unreadable.report(file, page);
}
