import type { Finding, Health } from "procnet";
import { ageText, countText, otherOwnersText, severitySign, subjectText } from "procnet/view";
import { safe } from "../../text/safe.ts";
import { cut, width } from "../../text/width.ts";
import { type TopState, VIEW_NAMES, type ViewName } from "../state/state.ts";
import type { Look } from "./paint.ts";

/** What the first lines say besides what was chosen. */
export interface Status {
  /** When was looked last; `undefined` before the first look. */
  readonly at: Date | undefined;
  /** Milliseconds from look to look. */
  readonly interval: number;
  /** Milliseconds that a look takes. */
  readonly took: number;
  readonly sockets: number;
  readonly missed: number | undefined;
  /** Sockets whose owners are hidden. */
  readonly hidden: number;
  readonly unread: number;
  /** Which network namespaces are looked at, where these are others than the own one. */
  readonly where: string | undefined;
  readonly health: Health | undefined;
}

/** A part of a line, with its rank: those with the lowest go first where there is no room for all. */
export type Part = readonly [rank: number, text: string];

const GAP = "  ";

export function statusLine(state: TopState, status: Status, columns: number): string {
  const { at, interval, took, sockets, missed, hidden, unread, where } = status;
  const time = at === undefined ? "looking …" : at.toLocaleTimeString("sv");
  const parts: Part[] = [
    [1, "procnet top"],
    ...(where === undefined ? [] : [[6, where] as const]),
    [4, time],
    ...(state.isFrozen ? [[9, "FROZEN (space goes on)"] as const] : []),
    [5, `every ${ageText(interval)}`],
    [2, `a look takes ${ageText(took)}`],
    [7, `${countText(sockets)} ${sockets === 1 ? "socket" : "sockets"}`],
    [3, `missed ${missed === undefined ? "?" : countText(missed)}`],
    ...(hidden > 0 ? [[8, `owners of ${countText(hidden)} hidden`] as const] : []),
    ...(unread > 0 ? [[8, `${unread} tables not read`] as const] : []),
  ];
  return fitted(parts, columns);
}

export function fitted(parts: readonly Part[], columns: number): string {
  let kept = parts;
  const text = (): string => kept.map(([, one]) => one).join(GAP);
  while (kept.length > 1 && width(text()) > columns) {
    const least = Math.min(...kept.map(([rank]) => rank));
    kept = kept.filter(([rank]) => rank !== least);
  }
  return cut(text(), columns);
}

/** The worst that is wrong, and how much else is. Who reads no more than this knows where to look. */
export function healthLine(health: Health | undefined, columns: number, { paint }: Look): string {
  if (health === undefined) return paint("dim", cut("? what is wrong is not known yet", columns));
  const { findings, ok, unknown } = health;
  const [worst, ...others] = findings;
  if (worst === undefined) return nothingWrong(ok.length, new Set(unknown.map(({ id }) => id)).size, columns, paint);
  const more = others.length > 0 ? `  +${countText(others.length)} more (press 6)` : "  (press 6)";
  const text = cut(findingText(worst), columns - width(more));
  return paint(COLORS[worst.severity], text) + more;
}

const COLORS = { info: "cyan", warn: "yellow", crit: "red" } as const;

function findingText(finding: Finding): string {
  const { severity, subject, summary } = finding;
  const isOfAll = subject.kind === "machine" || subject.kind === "namespace";
  const about = [...(isOfAll ? [] : [subjectText(subject)]), otherOwnersText(finding)].filter((text) => text !== "");
  return safe(`${severitySign(severity)} ${severity}  ${[...about, summary].join(": ")}`);
}

function nothingWrong(ok: number, unknown: number, columns: number, paint: Look["paint"]): string {
  if (ok === 0) return paint("yellow", cut("? nothing could be judged: 6 tells why", columns));
  const open = unknown > 0 ? `, ${unknown} were not: 6 tells why` : "";
  return paint("green", cut(`✔ nothing is wrong: ${ok} kinds of findings were judged${open}`, columns));
}

const SHORT: Readonly<Record<ViewName, string>> = {
  sockets: "sock",
  processes: "proc",
  listeners: "listen",
  destinations: "dest",
  interfaces: "if",
  health: "health",
  counters: "count",
};

/** The views with their keys; the one that is shown stands in brackets. */
export function tabsLine({ view }: TopState, columns: number, { paint }: Look): string {
  const all = VIEW_NAMES.filter((name) => name !== (view === "counters" ? "health" : "counters"));
  const forms: ((name: ViewName, key: number) => string)[] = [
    (name, key) => `${key} ${name === "health" ? "health/counters" : name === "counters" ? "counters/health" : name}`,
    (name, key) => `${key} ${name}`,
    (name, key) => `${key}${SHORT[name]}`,
    (name, key) => (name === view ? `${key} ${name}` : `${key}`),
  ];
  const made = forms.map((form) => all.map((name, at) => [name, form(name, at + 1)] as const));
  const room = (tabs: readonly (readonly [ViewName, string])[]): number =>
    tabs.reduce((sum, [name, text]) => sum + width(text) + 1 + (name === view ? 2 : 0), -1);
  const tabs = made.find((one) => room(one) <= columns) ?? made.at(-1)!;
  return tabs.map(([name, text]) => (name === view ? paint("bold", `[${text}]`) : text)).join(" ");
}
