import type { ListLocation } from "./locate-list.ts";

/** As many as there are pages on which a list may stand. */
const REMEMBERED = 16;

/** The locations of a list of late: on the pages of most users it stands in the same place, and one object tells it. */
export class SharedLocations {
  readonly #known: ListLocation[] = [];

  /** The one object for this location, as long as it is remembered. */
  of(location: ListLocation): ListLocation {
    // Elements that are no items may be of this page alone.
    if (location.before.length + location.behind.length > 0) return location;
    const known = this.#known.find((other) => isSame(other, location));
    if (known !== undefined) return known;
    this.#known.unshift(location);
    this.#known.splice(REMEMBERED);
    return location;
  }
}

function isSame(a: ListLocation, b: ListLocation): boolean {
  return (
    a.containerId === b.containerId &&
    a.update === b.update &&
    isSameList(a.path, b.path) &&
    isSameList(a.templates, b.templates) &&
    a.watched.length === b.watched.length &&
    a.watched.every(({ depth, index, slot }, i) => {
      const other = b.watched[i];
      return depth === other?.depth && index === other.index && slot === other.slot;
    })
  );
}

const isSameList = <One>(a: readonly One[], b: readonly One[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);
