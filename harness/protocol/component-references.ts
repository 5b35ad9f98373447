import type { Diff } from "./diff.ts";
import { ProtocolError } from "./protocol-error.ts";
import type { Rendered, Slot } from "./rendered.ts";

/**
 * Whether all components are there that a diff's new slots refer to, and none is within itself.
 *
 * @throws ProtocolError where one is not
 */
export function checkReferences(diff: Diff, components: ReadonlyMap<number, Rendered>): void {
  const sound = new Set<number>();
  for (const { cid, path } of diff.references) {
    const fail = (what: string) => new ProtocolError(diff.event, path, `component ${what}`);
    const walk = (id: number, around: ReadonlySet<number>): void => {
      if (sound.has(id)) return;
      const component = components.get(id);
      if (component === undefined) throw fail(`${id} is referred to but was never sent`);
      if (around.has(id)) throw fail(`${id} is within itself`);
      const within = new Set(around).add(id);
      for (const inner of componentsIn(component)) walk(inner, within);
      sound.add(id);
    };
    walk(cid, new Set());
  }
}

/** The ids of the components that a template's slots refer to. */
function componentsIn(slot: Slot): readonly number[] {
  if (typeof slot === "number") return [slot];
  if (typeof slot === "string") return [];
  if (slot.kind === "rendered") return slot.slots.flatMap(componentsIn);
  return slot.entries.flatMap((entry) => (entry.mayHoldComponents ? entry.slots.flatMap(componentsIn) : []));
}
