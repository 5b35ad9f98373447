/** The ways in which the chat can render its list of messages. */
export const MODES = ["stream", "stateful"] as const;

/** The name of a rendering mode, as `--mode` takes it. */
export type Mode = (typeof MODES)[number];
