import { setTimeout as sleep } from "node:timers/promises";
import { type Rate, type RateEvent, type Rates, ratesBetween, type Sample, takeSample } from "procnet";
import { globOf, type Pattern } from "procnet/query";
import { COUNTER_COLUMNS, ofText } from "procnet/view";
import type { RATES } from "../flags/definitions.ts";
import type { OptionsOf } from "../flags/spec.ts";
import { checkChoice, missingNames, type Report, rowsTable } from "../output/report.ts";
import type { CommandIo } from "../terminal.ts";
import { suggestion } from "../text/suggest.ts";
import { output, type TableOptions } from "./context.ts";
import { netPid, procfsOf, type WhereOptions } from "./where.ts";

type RatesOptions = OptionsOf<typeof RATES.options> & WhereOptions & TableOptions;

/** Milliseconds between two samples unless it is repeated. */
const SECOND = 1000;

/** `procnet rates [name...]`: what counters do a second; with nothing said, those that do something. */
export function ratesCommand(names: readonly string[], options: RatesOptions, io: CommandIo): Promise<number> {
  checkChoice(COUNTER_COLUMNS, options);
  const procfs = procfsOf(options, io);
  const pid = netPid(options, procfs);
  const where = { procfs, sockets: false, ...(pid !== undefined && { pid }) };
  const wanted = names.map((text) => ({ text, pattern: globOf(text.toLowerCase()) }));
  let before: Sample | undefined;
  let taken = 0;
  const produce = async (): Promise<Report> => {
    // One sample tells no rate: the first answer waits for the second, and so may be late for its turn.
    if (before === undefined) {
      before = await takeSample(where);
      taken = performance.now();
    }
    const left = taken + (options.every ?? SECOND) - performance.now();
    if (left > 0) await sleep(left, undefined, { signal: io.signal }).catch(() => {});
    const now = await takeSample(where);
    const rates = ratesBetween(before, now);
    before = now;
    taken = performance.now();
    return report(rates, wanted, options);
  };
  return output(produce, options, io, ["rates", ...names].join(" "));
}

interface Wanted {
  readonly text: string;
  readonly pattern: Pattern;
}

function report(found: Rates, wanted: readonly Wanted[], options: RatesOptions): Report {
  const { rates: all, events, ...rest } = found;
  const named = all.filter((rate) => wanted.length === 0 || wanted.some(({ pattern }) => isNamed(rate, pattern)));
  const rates = named.filter(({ delta = 0 }) => delta > 0 || options.zeros || wanted.length > 0);
  const known = [...all, ...events.flatMap(({ name, of }) => (name === undefined ? [] : [{ name, of }]))];
  const missing = wanted.filter(({ pattern }) => !known.some((one) => isNamed(one, pattern)));
  const told = events.filter(
    ({ name, of }) =>
      name === undefined || wanted.length === 0 || wanted.some(({ pattern }) => isNamed({ name, of }, pattern)),
  );
  return {
    document: { kind: "rates", ...rest, rates, events },
    items: rates,
    table: rowsTable(COUNTER_COLUMNS, rates, options),
    notes: [...missing.map(({ text }) => unheard(text, all)), ...eventTexts(told)],
    ...missingNames(wanted, missing),
  };
}

/** `Tcp.RetransSegs`, `RetransSegs`, `dev.*` and `eth0` name numbers. */
function isNamed({ name, of }: Pick<Rate, "name" | "of">, pattern: Pattern): boolean {
  const text = name.toLowerCase();
  const place = ofText(of)?.toLowerCase();
  return (
    pattern.test(text) ||
    pattern.test(text.slice(text.indexOf(".") + 1)) ||
    (place !== undefined && pattern.test(place))
  );
}

function unheard(text: string, all: readonly Rate[]): string {
  const names = all.flatMap(({ name }) => [name, name.slice(name.indexOf(".") + 1)]);
  return `no counter or interface is called "${text}"${suggestion(text, names) || "; procnet rates --zeros lists all there are"}`;
}

const EVENTS = {
  boot: "the machine was booted meanwhile: all counters began anew",
  namespace: "the process is in another network namespace than before: no counter has a rate this time",
  reset: "began anew, so it has no rate this time",
  wrap: "went past its end of 32 bits, so it has no rate this time",
  appeared: "is new",
  gone: "is gone",
} as const;

/** One line for each thing that happened: an interface that goes takes all its counters with it. */
function eventTexts(events: readonly RateEvent[]): string[] {
  const groups = new Map<string, RateEvent[]>();
  for (const event of events) {
    const { kind, name = "", of } = event;
    const key = [kind, name.slice(0, name.lastIndexOf(".")), ofText(of)].join("\n");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [event]);
    else group.push(event);
  }
  return [...groups.values()].map(eventText);
}

function eventText([first, ...more]: readonly RateEvent[]): string {
  const { kind, name, of } = first!;
  if (name === undefined) return EVENTS[kind];
  const whose = ofText(of);
  const counters = more.length === 0 ? name : `${name.slice(0, name.lastIndexOf("."))}.* (${more.length + 1} counters)`;
  return `${counters}${whose === undefined ? "" : ` of ${whose}`} ${EVENTS[kind]}`;
}
