import type { Element } from "domhandler";
import { textContent } from "domutils";
import { commandsOf } from "../page/bindings.ts";
import { compileSelector, findAll, visibleText } from "../page/html.ts";
import { type Finding, found, missing, wordIn } from "./finding.ts";
import { selectorFor } from "./selector-for.ts";

const CLICKABLE = compileSelector("[phx-click]");
const WORDS = {
  edit: /\b(edit|change|modify)\b/iu,
  delete: /\b(delete|remove|destroy|trash)\b/iu,
} as const;

/** The buttons of an item that change and delete it; more than one item is looked at, as only own ones may have them. */
export function findControls(items: readonly Element[]): readonly Finding[] {
  return (["edit", "delete"] as const).map((what) => {
    for (const item of items.toReversed()) {
      const control = controlOf(item, what);
      if (control !== null) return control;
    }
    const why = "no message on the page has a phx-click that says so; only one's own may have it";
    return missing(`${what}.button`, items.length === 0 ? "there is no message on the page" : why);
  });
}

function controlOf(item: Element, what: "edit" | "delete"): Finding | null {
  for (const element of findAll(CLICKABLE, item.children)) {
    const { class: classes, title, "aria-label": label } = element.attribs;
    const events = eventsOf(element);
    const word = wordIn(WORDS[what], ...events, label, title, classes, visibleText(element));
    const selector = selectorFor(element, item);
    if (word === null || selector === null) continue;
    return found(`${what}.button`, selector, "likely", `a phx-click that says "${word}"`);
  }
  return null;
}

/** The events that an element's click pushes; none where it has commands that LiveView has not. */
function eventsOf(element: Element): readonly string[] {
  try {
    const commands = commandsOf(element.attribs["phx-click"] ?? "", element);
    return commands.flatMap((command) => (command.kind === "push" ? [command.event] : []));
  } catch {
    return [];
  }
}

/** The part of an item that holds what somebody wrote, told from a message that is known. */
export function findContent(item: Element, written: string): Finding {
  const key = "list.fields";
  const holders = findAll(
    (node) => node.type === "tag" && textContent(node).trim() === written,
    item.children,
  );
  // The innermost one: what is around it may get more than the text.
  const holder = holders.at(-1);
  const selector = holder === undefined ? null : selectorFor(holder, item);
  return selector === null
    ? missing(
        key,
        "no element within a message holds just what was written: messages are compared by their ids alone",
      )
    : found(key, selector, "certain", "the element of a message that holds what was written");
}
