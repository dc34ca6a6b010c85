import { ProcfsError, type ProcfsIssue } from "procnet";
import type { Page } from "./page.ts";

/** Counts lines of a table that are no rows: they are left out, and one line says how many there are. */
export class Unreadable {
  private readonly program: string;
  private lines = 0;
  /** Set when a line has no end. */
  private endless: string | undefined;

  /** `program`: how it is called in the line. */
  constructor(program = "netstat") {
    this.program = program;
  }

  readonly onIssue = ({ field, path }: ProcfsIssue): void => {
    this.lines++;
    if (field === "end") this.endless = path;
  };

  /** Says it once all that was read is printed. Throws where not all could be read. */
  report(table: string, page: Page): void {
    if (this.endless !== undefined) {
      const message = `${this.endless}: a line has no end: neither it nor what may follow is read`;
      throw new ProcfsError({ code: "ERR_PARSE", message, path: this.endless });
    }
    if (this.lines > 0) page.warn(`${this.program}: ${table}: lines that could not be read: ${this.lines}`);
  }
}
