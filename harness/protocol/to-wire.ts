import { BenchError } from "../core/errors.ts";
import type { JsonObject } from "./json.ts";
import type { Comprehension, Entry, Rendered, Slot, Tree } from "./rendered.ts";
import type { HeldEntry } from "./to-html.ts";
import { KEY } from "./wire-keys.ts";

/** An element of a container, by its DOM id, and what it was rendered from. */
export type HeldElement = HeldEntry & { readonly id: string };

/** The elements that a comprehension's container holds, in order. Null: those of the last render. */
export type HeldElements = (list: Comprehension) => readonly HeldElement[] | null;

/** What brings a client to where another one is: the answer to a join, and diffs behind it. */
export interface WireTree {
  readonly rendered: JsonObject;
  readonly diffs: readonly JsonObject[];
}

/**
 * A tree as a server would send it to one who joins now. Streams bring all elements that are on the page. Where a container
 * keeps more than what was rendered last, the join brings all of it, and a diff renders the last anew. The flags of root
 * elements of templates are lost: they save the official client work, and it patches without them too.
 *
 * @param held what containers hold beyond the last render
 * @throws BenchError `not-replayable` where a container's elements are of templates that differ
 */
export function treeToWire({ root, components }: Tree, held: HeldElements): WireTree {
  // The official client marks the root element of a component, by which it finds it again.
  const others = [...components].map(([cid, template]) => [
    cid,
    { ...renderedToWire(template, held), [KEY.root]: 1 },
  ]);
  const rendered = {
    ...renderedToWire(root, held),
    ...(others.length === 0 ? {} : { [KEY.components]: Object.fromEntries(others) }),
  };
  const last = lastRendered(root, held);
  return { rendered, diffs: last === null ? [] : [last] };
}

function renderedToWire({ statics, slots }: Rendered, held: HeldElements): JsonObject {
  return { [KEY.statics]: statics, ...slotsToWire(slots, held) };
}

function slotsToWire(slots: readonly Slot[], held: HeldElements): JsonObject {
  return Object.fromEntries(slots.map((slot, index) => [index, slotToWire(slot, held)]));
}

function slotToWire(slot: Slot, held: HeldElements): unknown {
  if (typeof slot !== "object") return slot;
  return slot.kind === "rendered" ? renderedToWire(slot, held) : listToWire(slot, held, held(slot));
}

function listToWire(
  { statics, entries, stream }: Comprehension,
  held: HeldElements,
  holds: ReturnType<HeldElements>,
): JsonObject {
  const all = holds?.map((one) => one.entry) ?? entries;
  if (holds?.some((one) => one.statics !== statics)) {
    throw new BenchError("the elements of a list are of templates that differ", { code: "not-replayable" });
  }
  const keyed = Object.fromEntries(
    all.map((entry: Entry, index) => [index, slotsToWire(entry.slots, held)] as const),
  );
  return {
    [KEY.statics]: statics,
    [KEY.keyed]: { ...keyed, [KEY.keyedCount]: all.length },
    ...(stream === null ? {} : { [KEY.stream]: [stream.ref, insertsOf(holds ?? []), []] }),
  };
}

/** All of them at the end, newest first, as a server sends them. */
const insertsOf = (elements: readonly HeldElement[]) =>
  elements.map(({ id }) => [id, -1, null, false]).toReversed();

/** The diff that renders lists anew which hold more than was rendered last; null where there is none. */
function lastRendered({ slots }: Rendered, held: HeldElements): JsonObject | null {
  const changed = slots.flatMap((slot, index): [number, JsonObject][] => {
    if (typeof slot !== "object") return [];
    if (slot.kind === "rendered") {
      const inner = lastRendered(slot, held);
      return inner === null ? [] : [[index, inner]];
    }
    const isKept = slot.stream === null && held(slot) !== null;
    return isKept ? [[index, listToWire(slot, held, null)]] : [];
  });
  return changed.length === 0 ? null : Object.fromEntries(changed);
}
