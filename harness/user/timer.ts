/** Calls `run` once, `ms` milliseconds from now, unless the function that it returns is called before. */
export type After = (ms: number, run: () => void) => () => void;

/** The real one, to be injected. */
export const afterTimeout: After = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};
