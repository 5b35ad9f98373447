import { expressionOf, type Path, type Ref } from "../live/expression.ts";
import type { Slot, Template } from "../live/slots.ts";

/** The template with a dependency too many: each of its slots, at any depth, is rendered again with this assign. */
export function rerenderedWith(assign: Ref<unknown>, template: Template): Template {
  const { reads } = expressionOf(assign);
  return slotWith(reads, template);
}

function slotWith<S extends Slot>(more: readonly Path[], slot: S): S {
  const reads = [...slot.reads, ...more];
  switch (slot.kind) {
    case "text":
    case "live":
      return { ...slot, reads };
    case "template":
      return { ...slot, reads, slots: slot.slots.map((inner) => slotWith(more, inner)) };
    case "when": {
      const otherwise = slot.otherwise && slotWith(more, slot.otherwise);
      return { ...slot, reads, body: slotWith(more, slot.body), otherwise };
    }
    case "each":
      return { ...slot, reads, outer: [...slot.outer, ...more], entry: slotWith(more, slot.entry) };
    default:
      return slot satisfies never;
  }
}
