import type { JSX } from "preact";
import type { FilterProblem } from "../state/filter-text.ts";

interface FilterBoxProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly problem: FilterProblem | undefined;
}

/** Where a filter is written, in the language of the command; what is wrong with it stands below, pointing at the place. */
export function FilterBox({ text, onText, problem }: FilterBoxProps): JSX.Element {
  const { message, column } = problem ?? {};
  return (
    <search class="filter">
      <label for="filter">Filter</label>
      <input
        id="filter"
        type="search"
        class="mono"
        value={text}
        placeholder="state established and dport = :443"
        maxLength={1024}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : "filter-problem"}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      {problem !== undefined && (
        <div id="filter-problem" class="filter-problem" role="alert">
          {column !== undefined && (
            <pre aria-hidden="true">
              {text}
              {"\n"}
              {" ".repeat(column - 1)}^
            </pre>
          )}
          <p>
            <span aria-hidden="true">▲ </span>
            {message}
          </p>
        </div>
      )}
    </search>
  );
}
