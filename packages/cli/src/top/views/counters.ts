import { explainCounter, type Rate } from "procnet";
import { COUNTER_COLUMNS, ofText, onScreen } from "procnet/view";
import { explanationLines } from "../../commands/explain/text.ts";
import { safe } from "../../text/safe.ts";
import { wrapped } from "../../text/wrap.ts";
import type { ViewSpec } from "../table/view.ts";

const COLUMNS = onScreen(COUNTER_COLUMNS);

export const COUNTERS: ViewSpec<Rate> = {
  name: "counters",
  columns: () => COLUMNS,
  order: { key: "persecond", isDescending: true },
  rows: ({ picture: { rates }, showsAll }) => {
    return (rates?.rates ?? []).filter(({ value }) => showsAll || value > 0);
  },
  idOf: ({ name, of }) => `${name} ${ofText(of) ?? ""}`,
  panel: (rate, _, { columns }) => {
    const found = explainCounter(rate.name);
    return found === undefined ? [] : wrapped(safe(`${rate.name}: ${found.meaning}`), columns);
  },
  explain: (rate) => {
    const found = explainCounter(rate.name);
    const missing = "There is no explanation of this number.";
    return {
      title: rate.name,
      lines: (columns) => (found === undefined ? [missing] : explanationLines(found, columns).slice(1)),
    };
  },
};
