import type { CaseOperation, CasePlacement, CaseStart } from "./case-operation.ts";
import type { CaseFacts, StreamCase } from "./stream-case.ts";

/**
 * What a page of cases may offer, as it says in `data-offers` of its form: operations, what they may be given, how the page
 * may begin, and `told`, whether its script tells what became of items.
 */
export const CASE_OFFERS = [
  "insert",
  "insert-all",
  "delete",
  "reset",
  "note",
  /** An index other than 0 and -1. */
  "index",
  "limit",
  "update-only",
  "mounted",
  "meanwhile",
  "bystander",
  "transition",
  "ignoring",
  "components",
  "nested",
  "told",
] as const;

/** One of {@link CASE_OFFERS}. */
export type CaseOffer = (typeof CASE_OFFERS)[number];

/** What a page must offer for a case to be done there, in the order of {@link CASE_OFFERS}. */
export function needsOf({ start, steps, facts }: StreamCase): CaseOffer[] {
  const needs = new Set([
    ...needsOfStart(start),
    ...needsOfFacts(facts),
    ...steps.flatMap((step) => [
      ...step.perform.flatMap(needsOfOperation),
      ...needsOfFacts(step.facts),
      ...(step.until === undefined ? [] : (["told"] as const)),
    ]),
  ]);
  return CASE_OFFERS.filter((offer) => needs.has(offer));
}

const BEGINNINGS = ["bystander", "transition", "ignoring", "components"] as const;

function needsOfStart(start: CaseStart): CaseOffer[] {
  return [
    ...BEGINNINGS.filter((name) => start[name] === true),
    ...(start.limit === undefined ? [] : (["limit"] as const)),
    ...(start.meanwhile === undefined ? [] : (["meanwhile"] as const)),
    ...(start.nested === undefined ? [] : (["nested"] as const)),
    ...(start.mounted === undefined ? [] : ["mounted" as const, ...start.mounted.flatMap(needsOfOperation)]),
  ];
}

function needsOfOperation(operation: CaseOperation): CaseOffer[] {
  switch (operation.kind) {
    case "insert":
      return [
        "insert",
        ...needsOfPlacement(operation),
        ...(operation.updateOnly === true ? (["update-only"] as const) : []),
      ];
    case "insertAll":
      return ["insert-all", ...needsOfPlacement(operation)];
    case "delete":
    case "reset":
    case "note":
      return [operation.kind];
    default:
      return operation satisfies never;
  }
}

function needsOfPlacement({ at = -1, limit }: CasePlacement): CaseOffer[] {
  return [...(at > 0 ? (["index"] as const) : []), ...(limit === undefined ? [] : (["limit"] as const))];
}

function needsOfFacts({ told, order, kept, changes }: CaseFacts = {}): CaseOffer[] {
  const looked = [told, order, kept, changes].some((fact) => fact !== undefined);
  return looked ? ["told"] : [];
}
