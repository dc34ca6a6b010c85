import type { ComponentChildren, JSX } from "preact";
import { go, type Place, placeAddress } from "../state/location.ts";

interface PlaceLinkProps {
  readonly to: Place;
  /** Whether the page is there. */
  readonly isHere?: boolean;
  readonly children: ComponentChildren;
}

/** A link to another place of the page: loads nothing anew, and works as one in another tab, too. */
export function PlaceLink({ to, isHere = false, children }: PlaceLinkProps): JSX.Element {
  const onClick = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={placeAddress(to)} aria-current={isHere ? "page" : undefined} onClick={onClick}>
      {children}
    </a>
  );
}
