/** The keys of a rendered tree and its diffs, as `lib/phoenix_live_view/diff.ex` names them. */
export const WIRE = {
  statics: "s",
  templates: "p",
  root: "r",
  keyed: "k",
  keyedCount: "kc",
  keyedMoved: "km",
  stream: "stream",
  components: "c",
  events: "e",
  /** At the top of the diff of an event's answer: the reply's payload. */
  reply: "r",
  title: "t",
} as const;
