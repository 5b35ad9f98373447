import { type CaseOffer, needsOf } from "../core/case-offers.ts";
import type { CasesDefinition } from "../core/case-scenario.ts";
import { UsageError } from "../core/errors.ts";
import { type CaseMode, caseId, type RoomPageCase, type StreamCase } from "../core/stream-case.ts";

/** A case in a mode: to be done, or why not. */
export type PlannedCase = { readonly id: string; readonly mode: CaseMode } & (
  | { readonly of: StreamCase | RoomPageCase; readonly leftOut: null }
  | { readonly leftOut: string }
);

/** What is to be planned. */
export interface CasePlanOptions {
  /** Ids of cases; absent: all. */
  readonly only?: readonly string[];
  /** Whether the server is the run's own, whose rooms and database are at hand. */
  readonly ownServer: boolean;
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
export function planCases(
  definition: CasesDefinition,
  { only, ownServer, offers }: CasePlanOptions,
): PlannedCase[] {
  return [...offers].flatMap(([mode, offered]) =>
    casesAsked(definition, only).map((one): PlannedCase => {
      const id = caseId(one);
      const exception = definition.exceptions.find(
        ({ cases, modes }) => cases.includes(id) && modes.includes(mode),
      );
      if (exception !== undefined) return { id, mode, leftOut: exception.reason };
      if ("acts" in one)
        return ownServer ? { id, mode, of: one, leftOut: null } : { id, mode, leftOut: NOT_ON_TARGET };
      const lacks = needsOf(one).filter((need) => !offered.has(need));
      if (lacks.length > 0) return { id, mode, leftOut: `the page does not offer ${lacks.join(", ")}` };
      return { id, mode, of: one, leftOut: null };
    }),
  );
}

/** @throws UsageError `nothing-to-do` where nothing of what is asked for can be done: then no verdict would mean anything */
export function assertSomethingToDo(planned: readonly PlannedCase[]): void {
  if (planned.some(({ leftOut }) => leftOut === null)) return;
  const why = planned.map(({ id, mode, leftOut }) => `${id} not in ${mode}: ${leftOut}`);
  const lines = why.length === 1 ? why.join() : [`${why.length} reasons:`, ...why].join("\n  ");
  throw new UsageError(`no case is left to do: ${lines}`, { code: "nothing-to-do" });
}

const NOT_ON_TARGET = "it concerns the room page, and is done on a server that the run starts";
