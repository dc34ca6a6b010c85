import { checkOptions, optionNames } from "../../check-options.ts";
import {
  foreignProcessIds,
  NoPin,
  openPin,
  PIN_PLACES,
  type PinnedOwnersState,
  pinState,
} from "../../host/pin-file.ts";
import { wrongValue } from "../../option-values.ts";
import type { HeldSockets, SocketSource, SourceAsked, SourceLook } from "../source.ts";
import { HeldRecords } from "./held-records.ts";
import { readHeld } from "./read-held.ts";
import { ForeignRecords } from "./record.ts";

/** Options of {@link pinnedOwners}; all optional. */
export interface PinnedOwnersOptions {
  /** Where the pin is: where `procnet pin` puts it, unless it is told otherwise. */
  readonly path?: string;
}

const OPTIONS = optionNames<PinnedOwnersOptions>({ path: true });

/**
 * Owners as the kernel tells them through a file that an administrator made with `procnet pin`, in a fraction of the time that links of
 * descriptors take, and with the rights of that file: whoever may read it is told of the sockets of all users. No foreign function is
 * called. Hand it to `sockets`, `watch` or a `SocketEngine` as `source`: tables come from procfs as ever. Where the file cannot be used,
 * links answer, and `sourceOf.notes` of the answer says why.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` for a wrong or unknown option
 * @example
 * ```ts
 * import { pinnedOwners, sockets } from "procnet";
 * const { sockets: all, sourceOf } = await sockets({ protocol: "tcp", source: pinnedOwners() });
 * console.log(all.length, sourceOf?.owners, sourceOf?.notes); // "pin", or "procfs" and why
 * ```
 */
export function pinnedOwners(options: PinnedOwnersOptions = {}): SocketSource {
  return new PinnedOwners(checkedPath("pinnedOwners", options));
}

/**
 * Whether there is a pin for {@link pinnedOwners}, and whether this process may use it: without reading it.
 *
 * @example
 * ```ts
 * import { pinnedOwners, pinnedOwnersState, sockets } from "procnet";
 * const source = pinnedOwnersState().kind === "ready" ? pinnedOwners() : undefined;
 * await sockets({ protocol: "tcp", ...(source && { source }) });
 * ```
 */
export function pinnedOwnersState(options: PinnedOwnersOptions = {}): PinnedOwnersState {
  const state = pinState(checkedPath("pinnedOwnersState", options));
  const why = state.kind === "ready" ? foreignProcessIds("/proc") : undefined;
  return state.kind === "ready" && why !== undefined ? { kind: "unusable", path: state.path, why } : state;
}

function checkedPath(what: string, options: PinnedOwnersOptions): string | undefined {
  checkOptions(what, options, OPTIONS);
  const { path } = options;
  if (path !== undefined && (typeof path !== "string" || path === "")) throw wrongValue("path", "a path", path);
  return path;
}

/**
 * See {@link pinnedOwners}. It keeps what processes held, to compare with.
 *
 * @example
 * ```ts
 * import { PinnedOwners } from "procnet";
 * const notes: string[] = [];
 * const held = await new PinnedOwners().held("/proc", (why) => notes.push(why));
 * console.log(held?.length, notes);
 * ```
 */
export class PinnedOwners implements SocketSource {
  /** What it is called in an answer. */
  readonly name = "pin";
  /** It tells of no tables. */
  readonly ownersAlone = true;
  private readonly path: string | undefined;
  private readonly records = new HeldRecords();
  /** The last one to read: two that read at a time would compare with one another. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(path?: string) {
    this.path = path;
  }

  /** Makes ready for one answer. */
  begin({ root, signal }: SourceAsked): Promise<SourceLook> {
    const notes: string[] = [];
    return Promise.resolve({
      notes,
      sockets: () => Promise.resolve(undefined),
      held: () => this.held(root, (why) => notes.push(why), signal),
      close: () => {},
    });
  }

  /** What all processes hold; `undefined` where the pin cannot be used, and `note` is told why. */
  held(root: string, note: (why: string) => void, signal?: AbortSignal): Promise<HeldSockets[] | undefined> {
    const held = this.last.then(() => this.read(root, signal));
    this.last = held.catch(() => {});
    return held.catch((error: unknown) => {
      if (!isOfPin(error)) throw error;
      note(`owners are read from links of descriptors: ${error.message}`);
      return undefined;
    });
  }

  private async read(root: string, signal: AbortSignal | undefined): Promise<HeldSockets[]> {
    signal?.throwIfAborted();
    const why = foreignProcessIds(root);
    if (why !== undefined) throw new NoPin(why);
    const pin = await openPin(this.placeOf());
    try {
      return await readHeld(pin, this.records, signal);
    } finally {
      await pin.close();
    }
  }

  private placeOf(): string {
    const state = pinState(this.path);
    if (state.kind === "ready") return state.path;
    throw new NoPin(
      state.kind === "unusable"
        ? state.why
        : `there is no pin at ${this.path ?? PIN_PLACES.join(" or ")}: procnet pin makes it`,
    );
  }
}

/** Whatever is wrong with the pin, and with nothing else: the system's own word included, as for lack of memory. */
function isOfPin(error: unknown): error is Error {
  return error instanceof NoPin || error instanceof ForeignRecords || (error instanceof Error && "syscall" in error);
}
