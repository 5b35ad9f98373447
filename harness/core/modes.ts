/** The ways in which the chat can render its list of messages, from what came first to what came last. */
export const MODES = ["resend", "stateful", "keyed", "append", "stream"] as const;

/** The name of a rendering mode, as `--mode` takes it. */
export type Mode = (typeof MODES)[number];
