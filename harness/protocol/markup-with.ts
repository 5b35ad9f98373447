import type { Comprehension, Entry, Rendered, Slot, Statics, Tree } from "./rendered.ts";
import { entryToHtml, type Held, type HtmlContext, slotToHtml } from "./to-html.ts";

/** The parts of one entry that hold the text: known for all users who have it. */
const known = new WeakMap<Entry, { readonly text: string; readonly parts: readonly string[] }>();

/**
 * The smallest parts of a tree's HTML that hold a text, in page order: the string of a slot, or the template or entry
 * in whose statics it stands. So a few elements are found without rendering the page.
 */
export function markupWith(text: string, tree: Tree, held: Held): readonly string[] {
  const context: HtmlContext = { components: tree.components, held };
  const inStatics = (statics: Statics) => statics.some((part) => part.includes(text));
  const open = new Set<number>();

  const ofSlot = (slot: Slot): readonly string[] => {
    if (typeof slot === "string") return slot.includes(text) ? [slot] : [];
    if (typeof slot === "number") return ofComponent(slot);
    return slot.kind === "rendered" ? ofTemplate(slot) : ofComprehension(slot);
  };
  const ofComponent = (cid: number): readonly string[] => {
    const component = tree.components.get(cid);
    if (component === undefined || open.has(cid)) return [];
    open.add(cid);
    const parts = ofTemplate(component);
    open.delete(cid);
    return parts;
  };
  const ofTemplate = (template: Rendered): readonly string[] =>
    inStatics(template.statics) ? [slotToHtml(template, context)] : template.slots.flatMap(ofSlot);
  const ofComprehension = (list: Comprehension): readonly string[] => {
    const entries = held(list) ?? list.entries.map((entry) => ({ statics: list.statics, entry }));
    return entries.flatMap(({ statics, entry }) =>
      inStatics(statics) ? [entryToHtml(statics, entry, context)] : ofEntry(entry),
    );
  };
  const ofEntry = (entry: Entry): readonly string[] => {
    const found = known.get(entry);
    if (found?.text === text) return found.parts;
    const parts = entry.slots.flatMap(ofSlot);
    if (!entry.mayHoldComponents && !entry.mayHoldStreams) known.set(entry, { text, parts });
    return parts;
  };
  return ofTemplate(tree.root);
}
