import type { CaseDifference } from "../core/case-result.ts";
import { type CaseMode, type CaseRows, type CaseStep, inMode, type StreamCase } from "../core/stream-case.ts";
import type { ChromeSight } from "./case-chrome.ts";
import type { CaseUser, UserSight } from "./case-user.ts";

/** What is wrong, without who saw it and when. */
export type Found = Pick<CaseDifference, "what" | "expected" | "actual">;

/** What must be there: at the start of a case, or after a step. */
export type Expected = Pick<StreamCase, "list" | "nested" | "facts"> & Pick<CaseStep, "sent">;

/** An element of the list that is no item. */
const BYSTANDER = "bystander";
/** The longest row that is told in full, in characters. */
const TOLD = 120;

/** The first thing in Chrome that is not as it must be; null where there is none. */
export function judgeChrome(sight: ChromeSight, expected: Expected, mode: CaseMode): Found | null {
  const { list, nested, facts = {} } = expected;
  const { told, order, kept, changes, own, textNodes } = facts;
  const withoutUpdates = sight.told.filter((what) => !what.startsWith("updated"));
  const findings = [
    differs("the list", inMode(list, mode), sight.items),
    differs("the list of the view within", nested ?? [], sight.nested ?? []),
    told && differs("what became of items", inMode(told, mode), sight.told.toSorted()),
    order && differs("what became of items, in order", order, withoutUpdates),
    kept && differs("elements that came with the page", inMode(kept, mode), sight.kept),
    changes !== undefined && differs("changes in the DOM of the lists", inMode(changes, mode), sight.changes),
    own && differs("parts that belong to the client", own, sight.own),
    textNodes !== undefined && differs("text nodes in the list", inMode(textNodes, mode), sight.textNodes),
  ];
  return findings.find((found) => found !== undefined && found !== false && found !== null) || null;
}

/** The same for a simulated user: of a list he sees the items, and nothing else that stands in it. */
export function judgeUser(
  { items, sent }: UserSight,
  view: CaseUser["view"],
  expected: Expected,
  mode: CaseMode,
): Found | null {
  const rows = view === "items" ? inMode(expected.list, mode) : (expected.nested ?? []);
  const what = view === "items" ? "the list" : "the list of the view within";
  const wanted = rows.filter((row) => row !== BYSTANDER);
  return (
    differs(what, wanted, items) ?? (expected.sent ? differs("what was sent", expected.sent, sent) : null)
  );
}

/** Null where they are equal; else both, with long rows cut down to where they differ. */
export function differs(what: string, expected: CaseRows | number, actual: CaseRows | number): Found | null {
  const [wanted, got] = [expected, actual].map((rows) => (typeof rows === "number" ? [`${rows}`] : rows)) as [
    CaseRows,
    CaseRows,
  ];
  if (wanted.length === got.length && wanted.every((row, at) => row === got[at])) return null;
  return {
    what,
    expected: wanted.map((row, at) => shortened(row, got[at])),
    actual: got.map((row, at) => shortened(row, wanted[at])),
  };
}

/** A row from shortly before the first character in which it differs from the other. */
function shortened(row: string, other: string | undefined): string {
  const characters = [...row];
  if (characters.length <= TOLD) return row;
  const others = [...(other ?? "")];
  const differAt = row === other ? 0 : characters.findIndex((character, at) => character !== others[at]);
  const from = Math.max(0, (differAt === -1 ? characters.length : differAt) - TOLD / 2);
  const to = from + TOLD;
  const [before, after] = [from > 0 ? "…" : "", to < characters.length ? "…" : ""];
  return `${before}${characters.slice(from, to).join("")}${after}`;
}
