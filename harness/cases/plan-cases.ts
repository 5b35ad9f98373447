import { type CaseOffer, needsOf } from "../core/case-offers.ts";
import type { CasesDefinition } from "../core/case-scenario.ts";
import { type CaseMode, caseId, type RoomPageCase, type StreamCase } from "../core/stream-case.ts";

/** A case in a mode: to be done, or why not. */
export type PlannedCase = { readonly id: string; readonly mode: CaseMode } & (
  | { readonly streamCase: StreamCase; readonly leftOut: null }
  | { readonly leftOut: string }
);

/** What is to be planned. */
export interface CasePlanOptions {
  /** Ids of cases; absent: all. */
  readonly only?: readonly string[];
  /** What the page offers in each of the modes that are run. */
  readonly offers: ReadonlyMap<CaseMode, ReadonlySet<CaseOffer>>;
}

/** The cases that are asked for. Those of the room page come last. */
export function casesAsked(
  { cases, roomPage }: CasesDefinition,
  only: readonly string[] | undefined,
): readonly (StreamCase | RoomPageCase)[] {
  return [...cases, ...roomPage].filter((one) => only === undefined || only.includes(caseId(one)));
}

/** All that is asked for, mode by mode, in the order in which it is done. */
export function planCases(definition: CasesDefinition, { only, offers }: CasePlanOptions): PlannedCase[] {
  return [...offers].flatMap(([mode, offered]) =>
    casesAsked(definition, only).map((one): PlannedCase => {
      const id = caseId(one);
      const exception = definition.exceptions.find(
        ({ cases, modes }) => cases.includes(id) && modes.includes(mode),
      );
      if (exception !== undefined) return { id, mode, leftOut: exception.reason };
      if ("tests" in one) return { id, mode, leftOut: testedIn(one) };
      const lacks = needsOf(one).filter((need) => !offered.has(need));
      if (lacks.length > 0) return { id, mode, leftOut: `the page does not offer ${lacks.join(", ")}` };
      return { id, mode, streamCase: one, leftOut: null };
    }),
  );
}

function testedIn({ tests }: RoomPageCase): string {
  const files = [...new Set(tests.map(([file]) => `test/e2e/${file}`))];
  return `it concerns the room page, and is tested by ${files.join(", ")}`;
}
