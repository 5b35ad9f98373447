/**
 * Every exit code of `bench`, in one place. `harness/bin.ts` sets it; nothing else does.
 *
 * The numbers follow k6 where it has one (97 to 99 and 104 to 105 lie in its range of failures that are no
 * crash), so that a CI can tell a slow build from a wrong one.
 */
export const EXIT_CODES = {
  /** All checks and thresholds passed. */
  passed: 0,
  /** A defect of this program, or something that no other code names. */
  unexpected: 1,
  /** The generator was the bottleneck: the figures cannot be believed. */
  void: 97,
  /** A user or a Chrome saw something else than it should have. */
  incorrect: 98,
  /** A threshold was crossed, or a figure regressed against its baseline. */
  threshold: 99,
  /** The command line, a scenario, a file or the environment is not usable. */
  usage: 104,
  /** Ended by a signal before the end; the result so far was kept. */
  interrupted: 105,
} as const;

/** The name of an outcome: a key of {@link EXIT_CODES}. */
export type Outcome = keyof typeof EXIT_CODES;

/** One of the numbers that `bench` exits with. */
export type ExitCode = (typeof EXIT_CODES)[Outcome];
