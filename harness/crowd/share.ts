/** Whether a number, from 0, is among those that make up a share of all, spread evenly over them. */
export function isAmong(number: number, share: number): boolean {
  return Math.floor((number + 1) * share) > Math.floor(number * share);
}
