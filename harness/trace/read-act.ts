import type { PageAct } from "../browser/page-act.ts";
import { parseDuration } from "../core/duration.ts";
import type { Micros } from "../core/units.ts";

/** One thing that is done in a trace: on a page, or nothing for a while. */
export type TraceAct = PageAct | { readonly kind: "wait"; readonly written: string; readonly us: Micros };

const WORDS = "one of click, type, press, scroll, goto, wait";

/**
 * Reads one thing to be done on a page: `click #send`, `type #message hello`, `press Enter`, `press Shift+Enter`, `scroll #messages 0` (pixels from the
 * top, or `end`), `goto /rooms/2`, `wait 500ms`. A selector with spaces that is followed by something stands in quotes:
 * `type "#form input" hello`. Gives what is wrong as a string.
 */
export function readAct(text: string): TraceAct | string {
  const written = text.trim();
  const [, kind = "", rest = ""] = /^(\S*)\s*(.*)$/s.exec(written) ?? [];
  switch (kind) {
    case "click":
      return rest === "" ? "must be click SELECTOR" : { kind, written, selector: unquoted(rest) };
    case "type": {
      const [, selector, typed] = /^("[^"]+"|'[^']+'|\S+)\s+(.+)$/s.exec(rest) ?? [];
      if (selector === undefined || typed === undefined) return "must be type SELECTOR TEXT";
      return { kind, written, selector: unquoted(selector), text: typed };
    }
    case "press":
      return /^\S+$/.test(rest) ? { kind, written, key: rest } : "must be press KEY, as Enter or Shift+Enter";
    case "scroll": {
      const [, selector, place = ""] = /^(.+)\s(\d+|end)$/.exec(rest) ?? [];
      if (selector === undefined) return "must be scroll SELECTOR PIXELS, or scroll SELECTOR end";
      const topPx = place === "end" ? place : Number(place);
      return { kind, written, selector: unquoted(selector.trim()), topPx };
    }
    case "goto":
      return rest === "" ? "must be goto URL" : { kind, written, url: rest };
    case "wait": {
      const us = parseDuration(rest);
      return us === undefined ? "must be wait DURATION, as 500ms" : { kind, written, us };
    }
    default:
      return `must begin with ${WORDS}, not "${kind}"`;
  }
}

const unquoted = (selector: string): string => /^(["'])(.+)\1$/.exec(selector)?.[2] ?? selector;
