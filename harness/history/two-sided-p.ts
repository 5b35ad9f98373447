/**
 * How likely it is that a value of Student's t lies at least so far from zero, on either side.
 *
 * By the finite series for whole degrees of freedom: Abramowitz and Stegun (1964), "Handbook of Mathematical Functions", 26.7.3
 * and 26.7.4. What is below about 1e-15 is given as 0.
 *
 * @throws RangeError below one degree of freedom, or where they are no whole number
 */
export function twoSidedP(t: number, degreesOfFreedom: number): number {
  if (!Number.isInteger(degreesOfFreedom) || degreesOfFreedom < 1) {
    throw new RangeError(`Student's t has no ${degreesOfFreedom} degrees of freedom`);
  }
  const angle = Math.atan(Math.abs(t) / Math.sqrt(degreesOfFreedom));
  const within =
    degreesOfFreedom % 2 === 0 ? evenWithin(angle, degreesOfFreedom) : oddWithin(angle, degreesOfFreedom);
  return Math.min(1, Math.max(0, 1 - within));
}

function oddWithin(angle: number, degreesOfFreedom: number): number {
  const squared = Math.cos(angle) ** 2;
  let term = Math.cos(angle);
  let sum = 0;
  for (let power = 1; power <= degreesOfFreedom - 2; power += 2) {
    sum += term;
    term *= (squared * (power + 1)) / (power + 2);
  }
  return (2 / Math.PI) * (angle + Math.sin(angle) * sum);
}

function evenWithin(angle: number, degreesOfFreedom: number): number {
  const squared = Math.cos(angle) ** 2;
  let term = 1;
  let sum = 0;
  for (let power = 0; power <= degreesOfFreedom - 2; power += 2) {
    sum += term;
    term *= (squared * (power + 1)) / (power + 2);
  }
  return Math.sin(angle) * sum;
}
