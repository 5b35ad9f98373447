import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files of the whole program that take longest, in that order. Where they came last, one would run alone. */
const LONGEST = [
  "self-test",
  "scenario-metrics",
  "stream-cases",
  "faults",
  "five-ways",
  "history",
  "writing",
];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const at = LONGEST.findIndex((name) => moduleId.endsWith(`/e2e/${name}.test.ts`));
  return at === -1 ? LONGEST.length : at;
};

/** Puts test files in the order in which several at a time are done soonest; a first run knows of no times. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const groupOf = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    return (await super.sort(files)).sort((a, b) => groupOf(a) - groupOf(b) || rankOf(a) - rankOf(b));
  }
}
