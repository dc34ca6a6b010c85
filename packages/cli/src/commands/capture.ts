import { type CaptureResult, captureProcNetAsync } from "procnet";
import type { CAPTURE, CAPTURE_OUTPUT } from "../flags/definitions.ts";
import type { EVERYWHERE } from "../flags/shared.ts";
import type { OptionsOf } from "../flags/spec.ts";
import { EXIT } from "../io.ts";
import { present } from "../output/present.ts";
import { tableOf } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import type { CommandIo } from "../terminal.ts";
import { procfsOf, type RootOptions } from "./where.ts";

/** Options of `procnet capture`. */
type CaptureOptions = OptionsOf<typeof CAPTURE.options> &
  OptionsOf<typeof CAPTURE_OUTPUT> &
  OptionsOf<typeof EVERYWHERE> &
  RootOptions;

type Skipped = CaptureResult["skipped"][number];

/** What people read: what is missing. What was copied is in the note. */
const COLUMNS: readonly Column<Skipped>[] = [
  { key: "name", title: "LEFT OUT", value: ({ name }) => name },
  { key: "code", title: "CODE", value: ({ code }) => code, drop: 1 },
  { key: "reason", title: "REASON", value: ({ reason }) => reason, enough: 30 },
];

/** `procnet capture DIRECTORY` */
export async function captureCommand(directory: string, options: CaptureOptions, io: CommandIo): Promise<number> {
  const result = await captureProcNetAsync(directory, {
    procfs: procfsOf(options, io),
    signal: io.signal, // a capture that is interrupted leaves nothing behind
    processes: options.processes,
    namespaces: options.allNamespaces ? "all" : "current",
    anonymise: options.anonymise ?? false,
  });
  const { files, processes, skipped } = result;
  const copied = `${files} files and ${processes} processes captured`;
  const report = {
    document: { kind: "capture", takenAt: new Date(), directory, files, processes, skipped },
    items: skipped,
    table: tableOf(COLUMNS, skipped),
    ...(skipped.length === 0 && { text: [] }),
    notes: options.json ? [] : [`${copied}: look at them with procnet --root ${directory}`],
  };
  present(report, { format: options.json ? "json" : "table", color: "never", header: true }, io);
  return EXIT.ok;
}
