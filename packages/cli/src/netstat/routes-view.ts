import type { Names } from "../names/names.ts";
import type { Source } from "./source.ts";

/** Which columns are shown: with size of segments, with metric, with both, or, as a slip of net-tools, none. */
export type Columns = "sizes" | "metric" | "all" | "none";

/** What a table of routes needs to know. */
export interface RoutesView {
  readonly source: Source;
  readonly names: Names;
  readonly columns: Columns;
}
