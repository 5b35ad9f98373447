import { mean } from "simple-statistics";
import { twoSidedP } from "./two-sided-p.ts";

/** What Student's test says of two samples. */
export interface TTest {
  /** The means of both. */
  readonly before: number;
  readonly after: number;
  /** How likely it is that means of one distribution differ at least so much, two-sided. */
  readonly p: number;
}

/**
 * Student's test for two samples of one variance: "Student" (1908), "The probable error of a mean". Samples without any scatter
 * differ for certain (0) or not at all (1).
 *
 * @throws RangeError where a sample is empty, or there are fewer than three values
 */
export function tTest(first: readonly number[], second: readonly number[]): TTest {
  const degreesOfFreedom = first.length + second.length - 2;
  if (first.length === 0 || second.length === 0 || degreesOfFreedom < 1) {
    throw new RangeError("both samples need a value, and one of them two");
  }
  const [before, after] = [mean([...first]), mean([...second])];
  const squares = squaresAround(first, before) + squaresAround(second, after);
  const error = Math.sqrt((squares / degreesOfFreedom) * (1 / first.length + 1 / second.length));
  if (error === 0) return { before, after, p: before === after ? 1 : 0 };
  return { before, after, p: twoSidedP((after - before) / error, degreesOfFreedom) };
}

const squaresAround = (values: readonly number[], centre: number): number =>
  values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
