import { SCHEMA_VERSION } from "procnet/view";

/** A question that cannot be answered: becomes an answer with this status. */
export class Problem extends Error {
  /** The status of HTTP. */
  readonly status: 400 | 404 | 410 | 503;
  /** Where in a filter it goes wrong: characters, from 1. */
  readonly column: number | undefined;
  /** The parameter that is wrong. */
  readonly parameter: string | undefined;

  constructor(status: Problem["status"], message: string, where: { parameter?: string; column?: number } = {}) {
    super(message);
    this.status = status;
    this.parameter = where.parameter;
    this.column = where.column;
  }

  /** The document that says so. */
  document(): object {
    const { message, parameter, column } = this;
    return { schemaVersion: SCHEMA_VERSION, kind: "error", message, parameter, column };
  }
}
