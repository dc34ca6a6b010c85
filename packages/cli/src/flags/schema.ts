import { flatSchema, schemaOf } from "procnet/view";
import { EXIT } from "../io.ts";
import { writeLines } from "../output/present.ts";
import type { CommandIo } from "../terminal.ts";

/** `procnet schema [kind]` */
export function schemaCommand(kind: string | undefined, io: CommandIo): number {
  writeLines(io, [JSON.stringify(kind === "flat" ? flatSchema() : schemaOf(kind), undefined, 2)]);
  return EXIT.ok;
}
