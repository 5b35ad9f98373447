/**
 * What p values become where several tests are made at once, so that one of them errs as rarely as a single one would: the
 * step-down method of Holm (1979), "A simple sequentially rejective multiple test procedure". In the order given, as R's
 * `p.adjust(p, "holm")` does.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((p, at) => ({ p, at })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(ps.length);
  let largest = 0;
  for (const [rank, { p, at }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, p * (ps.length - rank)));
    adjusted[at] = largest;
  }
  return adjusted;
}
