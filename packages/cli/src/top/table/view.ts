import type { Column } from "procnet/view";
import type { Holder } from "../../commands/kill/kill-plan.ts";
import type { Picture } from "../looks/picture.ts";
import type { Order, RowId, Text, ViewName } from "../state/state.ts";
import type { InSteps } from "./slices.ts";

/** What rows are made of. */
export interface Asked {
  readonly picture: Picture;
  /** Which sockets are meant; all without. */
  readonly passes: ((socket: Picture["sockets"][number]) => boolean) | undefined;
  readonly showsClosed: boolean;
  /** Whether rows are shown that are mostly of no interest: other tables than those of the network, counters that are 0. */
  readonly showsAll: boolean;
  /** Whether the terminal shows nothing but ASCII. */
  readonly isAscii: boolean;
  /** Whether sockets are of several network namespaces. */
  readonly several: boolean;
  /** Whether unix and packet sockets are among them. */
  readonly types: boolean;
  /** Whether owners were looked for. */
  readonly owners: boolean;
}

/** A view of rows of one kind. */
export interface ViewSpec<Row extends object> {
  readonly name: ViewName;
  readonly columns: (asked: Asked) => readonly Column<Row>[];
  /** The order unless one is chosen; without it that in which the rows come. */
  readonly order?: Order;
  /** The rows, in steps where there may be very many. */
  readonly rows: (asked: Asked) => InSteps<readonly Row[]> | readonly Row[];
  readonly idOf: (row: Row) => RowId;
  /** Whether it is there no more. */
  readonly isClosed?: (row: Row, asked: Asked) => boolean;
  /** Lines about the selected row that stand below the table where there is room, as many as there is room for at most. */
  readonly panel?: (row: Row, asked: Asked, room: { readonly columns: number; readonly rows: number }) => string[];
  readonly explain: (row: Row, asked: Asked) => Text;
  /** The processes that would be ended with it. */
  readonly holders?: (row: Row, asked: Asked) => readonly Holder[];
  /** What is exported of it, where that is something else. */
  readonly documentOf?: (row: Row) => object;
}
