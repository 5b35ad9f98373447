import { Parser } from "htmlparser2";

/**
 * Whether statics are those of exactly one root element with nothing beside it, so that the client may skip it by
 * its magic id when nothing in it changed (`r` in a tree; the rule is that of `tag_engine.ex`).
 */
export function hasSingleRoot(statics: readonly string[]): boolean {
  let depth = 0;
  let elements = 0;
  let beside = false;
  const parser = new Parser({
    onopentag() {
      if (depth === 0) elements += 1;
      depth += 1;
    },
    onclosetag() {
      depth -= 1;
    },
    ontext(text) {
      if (depth === 0 && text.trim() !== "") beside = true;
    },
  });
  // A slot counts as text where text may stand, and as an attribute within a tag.
  parser.end(statics.join(" slot "));
  return elements === 1 && !beside;
}
