import { reachableParts } from "../protocol/reachable-parts.ts";
import type { Comprehension, Entry, Tree } from "../protocol/rendered.ts";
import type { Held } from "../protocol/to-html.ts";
import type { Row } from "./item.ts";
import { NO_ROWS } from "./list-state.ts";
import { applyStream } from "./stream-rows.ts";

/** The elements of a page's streams other than the list, by the stream's ref; null before the first one comes. */
export type OtherStreams = ReadonlyMap<string, readonly Row[]> | null;

/** The elements after a render of one of these streams. */
export function applyOtherStream(
  others: OtherStreams,
  { stream, entries }: Comprehension,
  read: (entry: Entry) => Row,
): OtherStreams {
  if (stream === null) return others;
  const rows = others?.get(stream.ref) ?? NO_ROWS;
  return new Map(others).set(stream.ref, applyStream(rows, entries.map(read), stream).rows);
}

/**
 * A container that left the page takes its elements along: a stream that comes back starts empty.
 *
 * @param held what the containers on the page hold
 */
export function withoutLostStreams(others: OtherStreams, tree: Tree, held: Held): OtherStreams {
  if (others === null) return null;
  const present = new Set<string>();
  for (const part of reachableParts(tree, held)) {
    if (typeof part === "object" && part.kind === "comprehension" && part.stream !== null) {
      present.add(part.stream.ref);
    }
  }
  return new Map([...others].filter(([ref]) => present.has(ref)));
}
