import {
  type BaseProcFs,
  machineIdentity,
  type Skipped,
  type SocketProtocol,
  type WatchedSocket,
  type WatchItem,
  type WatchSnapshot,
  watch,
} from "procnet";
import { everyFilter, type Filter, heldBy, matches } from "procnet/query";
import { jsonText, SCHEMA_VERSION, stateOf } from "procnet/view";
import { UsageError } from "../errors.ts";
import type { SOCKETS, WATCH, WATCH_OUTPUT } from "../flags/definitions.ts";
import type { OptionsOf } from "../flags/spec.ts";
import { EXIT } from "../io.ts";
import { writeNotes, writeSlowly } from "../output/present.ts";
import { painter, wantsColor } from "../output/style.ts";
import { type AskedSource, socketSource } from "../source/socket-source.ts";
import type { CommandIo } from "../terminal.ts";
import { suggestion } from "../text/suggest.ts";
import { Issues } from "./context.ts";
import { checkAnswerable, filterOf, untoldBy } from "./filter.ts";
import { hiddenOwnersNote, reader } from "./hidden-owners.ts";
import { kernelWanted } from "./kernel-wanted.ts";
import { type ProtocolOptions, protocolsOf } from "./protocols.ts";
import { Tally } from "./tally.ts";
import { FlatLines, SNAPSHOT_EVERY } from "./watch-flat.ts";
import { changeLine, EVENTS, type EventName, eventLine, type LineStyle, timeText, WatchTotals } from "./watch-text.ts";
import { type AnywhereOptions, namespacesHeldIn, procfsOf, type SourceOptions } from "./where.ts";

type WatchCommandOptions = OptionsOf<typeof WATCH.options> &
  OptionsOf<typeof WATCH_OUTPUT> &
  ProtocolOptions &
  Pick<OptionsOf<typeof SOCKETS.options>, "owners"> &
  AnywhereOptions &
  SourceOptions;

/** `procnet watch [filter]`: a line for each socket that comes, goes or changes, until it is stopped. */
export async function watchCommand(
  words: readonly string[],
  options: WatchCommandOptions,
  io: CommandIo,
): Promise<number> {
  const filter = words.length === 0 ? undefined : filterOf(words);
  const protocols = protocolsOf(options);
  for (const [name, value] of [["snapshot-every", options.snapshotEvery] as const, ["host-name", options.hostName]])
    if (value !== undefined && !options.flat) throw new UsageError(`--${name} belongs to --flat`);
  const asked = await sourceFor(filter, options, protocols, io);
  const whole = everyFilter(options.pid && heldBy(options.pid), filter);
  const passes = (socket: WatchedSocket): boolean => whole === undefined || matches(whole, socket);
  const procfs = procfsOf(options, io);
  const namespaces = namespacesHeldIn(options, procfs);
  const told = new Told(options, io, { several: namespaces.several, procfs, passes });
  const issues = new Issues();
  const looks = watch({
    procfs,
    protocol: protocols,
    namespaces: namespaces.read,
    owners: options.owners ? "all" : false,
    onIssue: issues.take,
    signal: io.signal,
    ...(asked.source && { source: asked.source }),
    ...(options.every !== undefined && { interval: options.every }),
    ...(whole !== undefined && { filter: passes }),
  });
  let isOver = false;
  const end = (): void => {
    isOver = true;
    looks.now();
  };
  const timer = options.for === undefined ? undefined : setTimeout(end, options.for);
  try {
    for await (const item of looks) {
      const goesOn = await told.take(item, looks.sockets);
      const { tables = [], notes = [] } = looks.read?.sourceOf ?? {};
      told.notes([
        ...notes,
        ...(filter === undefined ? [] : untoldBy(filter, protocols, tables).notes),
        ...issues.notes,
      ]);
      if (!goesOn || told.totals.rounds === options.rounds) break;
      // What came until the end is told too: of the first look alone nothing would be.
      if (isOver && item.kind === "batch") break;
      if (isOver) looks.now();
    }
  } finally {
    clearTimeout(timer);
    asked.close();
  }
  await told.end();
  return told.exitCode;
}

/** The kernel, where it is to be asked; nothing where the filter could not be answered. */
async function sourceFor(
  filter: Filter | undefined,
  { source, root }: WatchCommandOptions,
  protocols: readonly SocketProtocol[],
  io: CommandIo,
): Promise<AskedSource> {
  const wanted = kernelWanted(filter, [], protocols);
  const asked = await socketSource({ source, root: root ?? io.root, protocols, ...wanted });
  if (filter !== undefined)
    checkAnswerable(filter, protocols, asked.tables, wanted.wanted.length > 0 ? asked.help : "");
  return asked;
}

/** Where a watch looks, and for what. */
interface Watched {
  readonly several: boolean;
  readonly procfs: BaseProcFs;
  readonly passes: (socket: WatchedSocket) => boolean;
}

/** Tells of what a watch finds, in the form that is wanted. */
class Told {
  readonly totals = new WatchTotals();
  exitCode: number = EXIT.ok;
  private readonly io: CommandIo;
  private readonly form: "json" | "ndjson" | "flat" | "text";
  private readonly flat: FlatLines;
  private readonly only: ReadonlySet<EventName>;
  private readonly style: LineStyle;
  private readonly said = new Set<string>();
  /** Sockets whose owners are hidden, as long as nothing was said of them. */
  private hidden: Tally | undefined;
  private readonly root: string;

  constructor(options: WatchCommandOptions, io: CommandIo, { several, procfs, passes }: Watched) {
    this.io = io;
    this.hidden = options.owners ? new Tally() : undefined;
    this.root = procfs.root;
    this.form = options.json ? "json" : options.flat ? "flat" : options.ndjson ? "ndjson" : "text";
    this.only = new Set(options.only === undefined ? this.usual() : options.only.map(eventOf));
    const { host, bootId } = machineIdentity({ procfs });
    const machine = { host: options.hostName ?? host, bootId };
    this.flat = new FlatLines({ machine, every: options.snapshotEvery ?? SNAPSHOT_EVERY, only: this.only, passes });
    this.style = { several, paint: painter(wantsColor(options.color, io)) };
  }

  /** False once nobody reads any more. */
  async take(item: WatchItem, sockets: readonly WatchedSocket[]): Promise<boolean> {
    this.tellUnread(item);
    this.tellHidden(item);
    if (item.kind === "snapshot") this.totals.told.present = item.sockets.length;
    else this.totals.take(item);
    if (this.form === "json") return writeSlowly(this.io, [this.documentOf(item)]);
    return writeSlowly(this.io, this.form === "flat" ? this.flat.of(item, sockets) : this.lines(item));
  }

  /** The last line: what was seen, and what was not. Where every line is a row, it is said beside them. */
  async end(): Promise<void> {
    if (this.form === "flat") {
      writeNotes(this.io, [this.totals.text()]);
      return;
    }
    const { rounds, told, missed, unknown } = this.totals;
    const end = { rounds, ...told, missed, unknown };
    const head = { schemaVersion: SCHEMA_VERSION, kind: "watch", phase: "end", at: new Date() };
    const text =
      this.form === "text"
        ? this.totals.text()
        : jsonText(this.form === "json" ? { ...head, seen: end } : { event: "end", at: head.at, seen: end });
    await writeSlowly(this.io, [text]);
  }

  /** Says each thing once. */
  notes(notes: readonly string[]): void {
    const fresh = notes.filter((note) => !this.said.has(note));
    for (const note of fresh) this.said.add(note);
    writeNotes(this.io, fresh);
  }

  private usual(): EventName[] {
    return EVENTS.filter((name) => name !== "present" || this.form !== "text");
  }

  private documentOf(item: WatchItem): string {
    const { kind: phase, ...rest } = item;
    const lists = this.listsOf(item).map(([name, list]) => {
      return [name === "present" ? "sockets" : name, this.only.has(name) ? list.map(plain) : []];
    });
    return jsonText({
      ...{ schemaVersion: SCHEMA_VERSION, kind: "watch", phase },
      ...rest,
      ...Object.fromEntries(lists),
    });
  }

  private *lines(item: WatchItem): Generator<string> {
    const time = timeText(item.at);
    for (const [event, list] of this.listsOf(item)) {
      if (!this.only.has(event)) continue;
      for (const one of list) {
        if (this.form === "ndjson") yield jsonText({ event, at: item.at, ...eventFields(one) });
        else yield "fields" in one ? changeLine(time, one, this.style) : eventLine(time, event, one, this.style);
      }
    }
  }

  private listsOf(item: WatchItem): [EventName, readonly Happened[]][] {
    if (item.kind === "snapshot") return [["present", item.sockets]];
    const { opened, closed, changed, traces } = item;
    return [
      ...([
        ["opened", opened],
        ["closed", closed],
        ["changed", changed],
        ["traces", traces],
      ] as const),
    ].map(([name, list]) => [name, list]);
  }

  /** That not all could be looked at, or nothing. */
  private tellUnread(item: WatchItem): void {
    const unread = item.skipped.filter(({ what, code }) => what !== "process" && code !== "ESRCH");
    if (item.kind === "snapshot" && isBlind(item, unread)) this.exitCode = EXIT.failure;
    this.notes(unread.slice(0, 1).map(({ message }) => `not everything could be read: ${message}`));
  }

  /** That owners are not shown, and what would help: once, when the first of them come. */
  private tellHidden(item: WatchItem): void {
    const { hidden } = this;
    if (hidden === undefined) return;
    for (const socket of item.kind === "snapshot" ? item.sockets : item.opened)
      if (!PASSING.has(socket.ownerless)) hidden.take(socket);
    if (hidden.hidden === 0) return;
    this.notes(hiddenOwnersNote(hidden, { owners: "all" }, reader(this.root)));
    this.hidden = undefined;
  }
}

/** Reasons that pass with the next look, or with the socket: nothing has to be done about them. */
const PASSING: ReadonlySet<string | undefined> = new Set(["gone", "exited", "budget"]);

type Happened = WatchedSocket | Extract<WatchItem, { readonly kind: "batch" }>["changed"][number];

function isBlind({ namespaces }: WatchSnapshot, unread: readonly Skipped[]): boolean {
  return unread.length > 0 && namespaces.every(({ tables, sockets }) => tables === 0 && sockets === 0);
}

/** A socket with its common state, or both of a change. */
function plain(one: Happened): object {
  if (!("fields" in one)) return { ...one, commonState: stateOf(one) };
  return { before: plain(one.before), after: plain(one.after), fields: one.fields };
}

function eventFields(one: Happened): object {
  return "fields" in one ? plain(one) : { socket: plain(one) };
}

function eventOf(text: string): EventName {
  const found = EVENTS.find((name) => name === text);
  if (found !== undefined) return found;
  const hint = suggestion(text, EVENTS) || `; there are ${EVENTS.join(", ")}`;
  throw new UsageError(`--only: nothing that is told of is called "${text}"${hint}`);
}
