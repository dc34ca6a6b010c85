import type { JSX } from "preact";
import type { Severity } from "procnet/live";
import { severitySign } from "procnet/view";

/** How bad it is: a sign and a word, and only then a colour. */
export function SeverityWord({ of }: { readonly of: Severity }): JSX.Element {
  return (
    <span class={`severity is-${of}`}>
      <span aria-hidden="true">{severitySign(of)}</span> {of}
    </span>
  );
}
