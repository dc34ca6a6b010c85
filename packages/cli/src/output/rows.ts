import type { Column } from "procnet/view";

/** The columns of rows, in the table and in CSV. */
export interface FlowColumns<Row> {
  readonly table: readonly Column<Row>[];
  readonly csv: readonly Column<Row>[];
  /** Whether the user chose them: none is dropped then. */
  readonly chosen: boolean;
}
