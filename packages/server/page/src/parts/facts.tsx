import type { ComponentChildren, JSX } from "preact";

/** Something that is known, and what it is called. */
export type Fact = readonly [name: string, value: ComponentChildren];

/** What is known by name; what there is nothing of is left out. */
export function Facts({ of }: { readonly of: readonly Fact[] }): JSX.Element {
  return (
    <dl class="facts">
      {of
        .filter(([, value]) => value !== undefined && value !== "" && value !== false)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
