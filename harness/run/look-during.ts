import type { Micros } from "../core/units.ts";

/** How a look is taken again and again. */
export interface Looking {
  readonly everyUs: Micros;
  readonly sleep: (us: Micros, signal?: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Waits for what is performed, and takes a look now and then until that is over. A look that fails is passed on at once. */
export async function lookDuring(
  performing: Promise<void>,
  look: () => Promise<void>,
  { everyUs, sleep, signal }: Looking,
): Promise<void> {
  const done = new AbortController();
  const over = AbortSignal.any([done.signal, signal]);
  const looking = async () => {
    for (;;) {
      await sleep(everyUs, over);
      if (over.aborted) return;
      await look();
    }
  };
  await Promise.all([performing.finally(() => done.abort()), looking()]);
}
