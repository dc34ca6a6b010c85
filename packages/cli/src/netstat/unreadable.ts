import type { Page } from "./page.ts";

/** Counts lines of a table that are no rows: they are left out, and one line says how many there are. */
export class Unreadable {
  private lines = 0;
  readonly onIssue = (): void => {
    this.lines++;
  };

  report(table: string, page: Page): void {
    if (this.lines > 0) page.warn(`netstat: ${table}: lines that could not be read: ${this.lines}`);
  }
}
