import type { Path } from "./expression.ts";
import type { Slot, Template } from "./slots.ts";
import { sourceText } from "./template-source.ts";

/** A template, for whoever sees only what it sends. */
export interface TemplateDescription {
  /** As they are sent: what a template is known by. */
  readonly statics: readonly string[];
  /** The file and line at which it is written: `web/chat/message-details.ts:14`. */
  readonly source: string;
  /** What stands in each slot: `message.content`, `if message.edited`, `each messages`, `datetime={message.insertedAt}`. */
  readonly slots: readonly string[];
}

/** Describes a view's template and all that are within it, live components' included: each once, however often it is used. */
export function describeTemplates(root: Template): TemplateDescription[] {
  const described = new Map<string, TemplateDescription>();
  const visited = new Set<Template>();
  const visit = (template: Template, frames: readonly string[]): void => {
    if (visited.has(template)) return;
    visited.add(template);
    const { statics } = template;
    const source = sourceText(template.source);
    const slots = template.slots.map((slot) => nameOf(slot, frames));
    const description = { statics, source, slots };
    described.set(JSON.stringify(description), description);
    for (const slot of template.slots) visitSlot(slot, frames);
  };
  const visitSlot = (slot: Slot, frames: readonly string[]): void => {
    switch (slot.kind) {
      case "text":
        return;
      case "template":
        return visit(slot, frames);
      case "when":
        visit(slot.body, frames);
        return slot.otherwise && visit(slot.otherwise, frames);
      case "each":
        return visit(slot.entry, withFrame(frames, slot.frame, `${readBy(slot.list, frames)}[]`));
      case "live":
        return visit(slot.component.template, []);
      default:
        return slot satisfies never;
    }
  };
  visit(root, []);
  return [...described.values()];
}

function nameOf(slot: Slot, frames: readonly string[]): string {
  switch (slot.kind) {
    case "text": {
      const value = readBy(slot, frames);
      return slot.attribute === undefined ? value : `${slot.attribute}={${value}}`;
    }
    case "template":
      return sourceText(slot.source);
    case "when":
      return `if ${readBy(slot.condition, frames)}`;
    case "each":
      return `each ${readBy(slot.list, frames)}`;
    case "live":
      return `live ${slot.component.name}`;
    default:
      return slot satisfies never;
  }
}

/** The paths that are read, as one would write them: an assign by its name, an entry by that of its list. */
function readBy({ reads }: { readonly reads: readonly Path[] }, frames: readonly string[]): string {
  const names = reads.map(({ frame, keys }) =>
    [...(frame === 0 ? [] : [frames[frame] ?? "entry"]), ...keys].join("."),
  );
  return names.length === 0 ? "a constant" : [...new Set(names)].join(", ");
}

function withFrame(frames: readonly string[], frame: number, name: string): readonly string[] {
  const all = [...frames];
  all[frame] = name;
  return all;
}
