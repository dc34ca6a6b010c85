import type { JSX } from "preact";
import type { Column } from "procnet/view";

interface ColumnChoiceProps<Row> {
  /** All that there are. */
  readonly columns: readonly Column<Row>[];
  /** Keys of those that are shown. */
  readonly shown: readonly string[];
  /** `undefined` for the usual ones. */
  readonly onChoice: (keys: readonly string[] | undefined) => void;
}

/** Which columns a table has. */
export function ColumnChoice<Row>({ columns, shown, onChoice }: ColumnChoiceProps<Row>): JSX.Element {
  const choose = (key: string, isWished: boolean): void => {
    const wished = new Set(isWished ? [...shown, key] : shown.filter((one) => one !== key));
    const keys = columns.map((column) => column.key).filter((one) => wished.has(one));
    if (keys.length > 0) onChoice(keys);
  };
  return (
    <details class="menu">
      <summary>Columns</summary>
      <fieldset>
        <legend class="unseen">Columns</legend>
        {columns.map(({ key, title }) => (
          <label key={key}>
            <input
              type="checkbox"
              checked={shown.includes(key)}
              onChange={(event) => choose(key, event.currentTarget.checked)}
            />
            {title}
          </label>
        ))}
        <button type="button" onClick={() => onChoice(undefined)}>
          The usual ones
        </button>
      </fieldset>
    </details>
  );
}
