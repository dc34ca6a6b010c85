import { baseProcFs, isProcfsError, type Located } from "procnet";

/** Where the tables are that netstat reads. */
export interface Source extends Located {
  /** Another procfs that was asked for. */
  readonly root: string | undefined;
  /** How the directory of the tables is called in messages. */
  readonly shown: string;
}

/** Where they are below each root that was asked for: looking for them takes some calls. */
const known = new Map<string | undefined, Source>();

/** The tables of this process's namespace, or those below a root. */
export function sourceOf(root: string | undefined): Source {
  const before = known.get(root);
  if (before !== undefined) return before;
  const { place } = baseProcFs(root === undefined ? {} : { root });
  if (place.missing !== undefined) throw place.missing;
  // Of this process netstat reads what is called so, wherever it leads.
  const shown = root === undefined ? ["", "proc", "net"].join("/") : place.directory;
  const source = { place: { ...place, directory: shown }, root, shown };
  known.set(root, source);
  return source;
}

/** Why a file is not there, when that is no failure: the kernel has no such protocol, or does not let it be read. */
const ABSENT: ReadonlySet<string> = new Set(["ENOENT", "EACCES", "EINVAL"]);

/** What is read; `undefined` when the file is not there. */
export function unlessAbsent<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (isProcfsError(error) && ABSENT.has(error.code)) return undefined;
    throw error;
  }
}

/** Rows that are looked at together. */
const TOGETHER = 1024;

/** Rows in groups, as names of hosts are looked for many at a time; `undefined` when the file is not there. */
export function grouped<Row>(rows: Generator<Row, void>): Iterable<readonly Row[]> | undefined {
  // The file is opened with the first row.
  const first = unlessAbsent(() => rows.next());
  return first === undefined ? undefined : groups(first, rows);
}

function* groups<Row>(first: IteratorResult<Row, void>, rows: Generator<Row, void>): Generator<Row[], void> {
  try {
    let group: Row[] = [];
    for (let next = first; !next.done; next = rows.next()) {
      group.push(next.value);
      if (group.length < TOGETHER) continue;
      yield group;
      group = [];
    }
    yield group;
  } finally {
    rows.return();
  }
}
