import type { CaseItem, CaseOperation, CasePlacement } from "../core/case-operation.ts";
import type { CaseStep } from "../core/stream-case.ts";

/** The longest text of an item that is written out, in characters. */
const SHOWN = 20;

/** A step in words: `step 2: delete c, insert c=C at 0`. `index` counts from 0. */
export function stepName(index: number, { perform, press, view }: CaseStep): string {
  const what = press === undefined ? perform.map(inWords).join(", ") : `press the button of ${press}`;
  return `step ${index + 1}: ${what}${view === "nested-items" ? ", in the view within" : ""}`;
}

function inWords(operation: CaseOperation): string {
  switch (operation.kind) {
    case "insert": {
      const how = operation.updateOnly === true ? "update only" : "insert";
      return `${how} ${word(operation.item)}${place(operation)}`;
    }
    case "insertAll":
      return `insert ${words(operation.items)} together${place(operation)}`;
    case "delete":
      return `delete ${operation.id}`;
    case "reset":
      return operation.items.length === 0 ? "reset to nothing" : `reset to ${words(operation.items)}`;
    case "note":
      return "change another assign";
    default:
      return operation satisfies never;
  }
}

const words = (items: readonly CaseItem[]): string => items.map(word).join(" ");

function word({ id, text = id, mark = null }: CaseItem): string {
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return `${id}${text === id ? "" : `=${shown}`}${mark === null ? "" : ` [${mark.slice(0, SHOWN)}]`}`;
}

const place = ({ at, limit }: CasePlacement): string =>
  `${at === undefined ? "" : ` at ${at}`}${limit === undefined ? "" : ` with limit ${limit}`}`;
