/**
 * The five ways in which a LiveView chat can render its message list, in the order in which they are listed
 * and reported: from the one that sends most to the one that keeps least.
 */
export const MODES = ["resend", "stateful", "keyed", "append", "stream"] as const;

/** The name of a rendering mode, as `--mode` takes it. */
export type Mode = (typeof MODES)[number];
