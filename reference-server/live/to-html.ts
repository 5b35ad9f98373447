import type { Diff, DiffValue } from "./diff.ts";
import { WIRE } from "./wire-keys.ts";

type Statics = readonly string[];

/** The HTML of a full render: the page that is sent before any socket is open. */
export function toHtml(rendered: Diff): string {
  return print(rendered, (rendered[WIRE.templates] ?? {}) as unknown as Readonly<Record<string, Statics>>);
}

function print(value: DiffValue | undefined, shared: Readonly<Record<string, Statics>>): string {
  if (typeof value !== "object" || value === null) return String(value ?? "");
  const diff = value as Diff;
  const statics = shared[String(diff[WIRE.statics])] ?? [];
  const keyed = diff[WIRE.keyed] as Diff | undefined;
  if (keyed === undefined) return interleave(statics, diff, shared);
  const count = keyed[WIRE.keyedCount] as number;
  return Array.from({ length: count }, (_, index) => interleave(statics, keyed[index] as Diff, shared)).join(
    "",
  );
}

function interleave(statics: Statics, slots: Diff, shared: Readonly<Record<string, Statics>>): string {
  return statics.map((text, index) => (index === 0 ? text : print(slots[index - 1], shared) + text)).join("");
}
