import type { Document } from "domhandler";
import type { Site } from "../core/site.ts";
import { compileSelector, findAll, findFirst, visibleText } from "../page/html.ts";

/** Somebody whom a page names among those who are in its room. */
export interface ShownMember {
  /** As the page calls him; empty where it does not. */
  readonly name: string;
  /** Whether it says that he writes. */
  readonly isTyping: boolean;
}

/** Whom a page shows, in its order. @throws UsageError `bad-selector` */
export function shownMembers(
  document: Document,
  selectors: NonNullable<Site["members"]>,
): readonly ShownMember[] {
  const [name, typing] = [compileSelector(selectors.name), compileSelector(selectors.typing)];
  return findAll(compileSelector(selectors.item), document).map((item) => {
    const named = findFirst(name, item);
    return {
      name: named === null ? "" : visibleText(named),
      isTyping: findFirst(typing, item) !== null,
    };
  });
}

/** `ada`, or `ada, who is typing`. */
export const memberInWords = ({ name, isTyping }: ShownMember): string =>
  isTyping ? `${name}, who is typing` : name;
