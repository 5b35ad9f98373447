/** What the server knows of a slot: whether it holds a text, and of anything else, what may change in it. */
export type Slot =
  | { readonly kind: "text" }
  | { readonly kind: "template"; readonly slots: readonly Slot[] }
  | { readonly kind: "list"; readonly width: number; readonly entries: readonly (readonly Slot[])[] }
  | { readonly kind: "stream"; readonly ref: string; readonly width: number }
  | { readonly kind: "component"; readonly cid: number };

export type Template = Extract<Slot, { kind: "template" }>;
export type List = Extract<Slot, { kind: "list" }>;

/** What becomes of a slot or of slots, and how it is sent. */
export interface Sent<State, Wire = unknown> {
  readonly state: State;
  readonly wire: Wire;
}

export type Wire = Record<string, unknown>;
/** The templates of the frame, to which statics may refer; null where there is no such place. */
export type Templates = (readonly string[])[] | null;

export const listStatics = (width: number): readonly string[] =>
  width === 1 ? ["<li>", "</li>"] : ["<li>", " - ", "</li>"];

export const states = (slots: readonly Sent<Slot>[]): readonly Slot[] => slots.map(({ state }) => state);

export const wires = (slots: readonly Sent<Slot>[]): Wire => ({ ...slots.map(({ wire }) => wire) });

export const withTemplates = (templates: Templates): Wire =>
  templates === null || templates.length === 0 ? {} : { p: { ...templates } };

/** The slots after changes to some of them, and only these on the wire. */
export function merged(
  slots: readonly Slot[],
  changes: readonly (Sent<Slot> | null)[],
): Sent<Template, Wire> {
  const wire: Wire = {};
  for (const [i, change] of changes.entries()) if (change !== null) wire[i] = change.wire;
  return { state: { kind: "template", slots: slots.map((slot, i) => changes[i]?.state ?? slot) }, wire };
}

function holds(slot: Slot, kind: Slot["kind"]): boolean {
  if (slot.kind === kind) return true;
  if (slot.kind === "template") return slot.slots.some((inner) => holds(inner, kind));
  return slot.kind === "list" && slot.entries.flat().some((inner) => holds(inner, kind));
}

export const holdsStream = (slot: Slot): boolean => holds(slot, "stream");
export const holdsComponent = (slot: Slot): boolean => holds(slot, "component");
