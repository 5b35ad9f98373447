/**
 * The 0.975 quantiles of Student's t for 1 to 30 degrees of freedom, from NIST/SEMATECH e-Handbook of
 * Statistical Methods, section 1.3.6.7.2.
 */
const TO_THIRTY = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
] as const;

/** Of the same table: degrees of freedom and quantile. */
const BEYOND = [
  [100, 1.984],
  [60, 2],
  [50, 2.009],
  [40, 2.021],
  [30, 2.042],
] as const;

/**
 * How many standard errors a 95 % confidence interval reaches to each side. Between the table's rows the
 * smaller number of degrees is taken, which makes the interval a little too wide, never too narrow.
 *
 * @throws RangeError below one degree of freedom
 */
export function studentT95(degreesOfFreedom: number): number {
  const listed = TO_THIRTY[degreesOfFreedom - 1];
  if (listed !== undefined) return listed;
  for (const [degrees, quantile] of BEYOND) {
    if (degreesOfFreedom >= degrees) return quantile;
  }
  throw new RangeError(`Student's t has no ${degreesOfFreedom} degrees of freedom`);
}
