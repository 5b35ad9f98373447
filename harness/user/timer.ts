import type { After } from "../core/units.ts";

/** The real one, to be injected. */
export const afterTimeout: After = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};
