/**
 * The ways in which the chat can render its list of messages, from what came first to what came last, and a variant of
 * the last one: `stream`, with live components.
 */
export const MODES = ["resend", "stateful", "keyed", "append", "stream", "components"] as const;

/** The name of a rendering mode, as `--mode` takes it. */
export type Mode = (typeof MODES)[number];

/** What a rendering mode is, in words that end without a full stop. */
export interface ModeFacts {
  /** How a LiveView is written that renders so. */
  readonly inLiveView: string;
  /** What the server keeps of the list between two renders. */
  readonly keeps: string;
  /** What goes over the wire when a message comes in. */
  readonly insertSends: string;
  /** What it cannot do, each read on after "cannot". */
  readonly cannot: readonly string[];
}

/**
 * What is to be known of each mode before its figures are compared: the one place that help, reports and README are
 * written from.
 *
 * Source: comprehensions and streams in phoenix_live_view's diff.ex, live_stream.ex and engine.ex; live components in diff.ex;
 * `phx-update` in dom_post_morph_restorer.ts; `maybePushComponentsDestroyed` in view.ts.
 */
export const MODE_FACTS: Readonly<Record<Mode, ModeFacts>> = {
  resend: {
    inLiveView: "a list in assigns, as before LiveView 1.1",
    keeps: "the messages",
    insertSends: "the whole list",
    cannot: ["send less than the whole list, whatever changed in it"],
  },
  stateful: {
    inLiveView: "a list in assigns, `for` without `:key`",
    keeps: "the messages, and each entry by its index",
    insertSends: "the new item with its statics",
    cannot: ["see that items only moved: a delete or a page of history sends what follows"],
  },
  keyed: {
    inLiveView: "a list in assigns, `for` with `:key`",
    keeps: "the messages, and each entry by its key",
    insertSends: "the new item with its statics",
    cannot: ["forget a message that is on the page: the server holds it, for each reader"],
  },
  append: {
    inLiveView: 'temporary assigns, `phx-update="append"`',
    keeps: "the entries that were rendered last",
    insertSends: "what differs from the entry rendered last",
    cannot: [
      "take an element away: a deleted message stays in the DOM, empty and hidden",
      "place an item: for a page of history the container becomes one that prepends",
    ],
  },
  stream: {
    inLiveView: "`stream/4`, `stream_insert`, `stream_delete`",
    keeps: "nothing",
    insertSends: "the new item with its statics, and a stream operation",
    cannot: [
      "send a part of an item: an edit sends all of it, with its statics",
      "look up what is on the page: the server holds no message",
    ],
  },
  components: {
    inLiveView: "`stream`, its items and the form live components, edits by `send_update`",
    keeps: "the messages, each in a component",
    insertSends: "the new item, mostly without statics, and a stream operation",
    cannot: [
      "forget a message that is on the page: the server holds it, for each reader",
      "drop a component by itself: the client says that it has gone, in two messages",
    ],
  },
};

/** The facts of a mode; undefined for a mode that a result of another version names. */
export function modeFacts(name: string): ModeFacts | undefined {
  const mode = MODES.find((known) => known === name);
  return mode && MODE_FACTS[mode];
}
