import { UsageError } from "./errors.ts";
import type { Site } from "./site.ts";
import { type CaseException, caseId, type RoomPageCase, type StreamCase } from "./stream-case.ts";

/** A scenario that puts no load on anything: what a list must do, case by case, by one simulated user and in one Chrome. */
export interface CasesDefinition {
  readonly kind: "cases";
  /** What `bench run` calls it. */
  readonly name: string;
  /** The question that it answers, in one line for `bench list`. */
  readonly question: string;
  /** How it answers it: a paragraph for the help. */
  readonly description: string;
  /** Done on the page of cases, in this order. */
  readonly cases: readonly StreamCase[];
  /** Done on the room page, of the site below. */
  readonly roomPage: readonly RoomPageCase[];
  /** The pages of the reference server, which have no limit, and so many messages at mount and in a page of history. */
  readonly site: Site;
  readonly pageSize: number;
  /** What is not done in a mode, and why. */
  readonly exceptions: readonly CaseException[];
  /** What taught a case, by its number. */
  readonly sources: Readonly<Record<number, string>>;
}

/**
 * Defines a scenario of cases.
 *
 * @throws UsageError `invalid-scenario` where two cases have one id, or an exception is of none; all problems at once
 */
export function defineCases(source: Omit<CasesDefinition, "kind">): CasesDefinition {
  const ids = [...source.cases.map(caseId), ...source.roomPage.map(caseId)];
  const problems = [
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `there are two cases ${id}`),
    ...source.exceptions
      .flatMap(({ cases }) => cases)
      .filter((id) => !ids.includes(id))
      .map((id) => `there is an exception of a case ${id}, which there is not`),
  ];
  if (problems.length === 0) return { kind: "cases", ...source };
  throw new UsageError(`scenario ${JSON.stringify(source.name)}: ${problems.join("; ")}`, {
    code: "invalid-scenario",
  });
}

/** The ids of the cases that a word of `--only` asks for: those of a number, or the one with this id; none for another word. */
export function casesNamed(
  { cases, roomPage }: Pick<CasesDefinition, "cases" | "roomPage">,
  word: string,
): string[] {
  return [...cases, ...roomPage]
    .filter((one) => caseId(one) === word || `${one.number}` === word)
    .map(caseId);
}
