/**
 * The short keys of LiveView's rendered trees and diffs, named once.
 *
 * Source: `assets/js/phoenix_live_view/constants.ts` of phoenix_live_view 1.2; `dynamics` from version 1.0.
 */
export const KEY = {
  /** Statics of a template: an array, an index into {@link KEY.templates}, or a component to share with. */
  statics: "s",
  /** Flag: the template has one root element. Only the official client's patching needs it. */
  root: "r",
  /** Statics shared within one frame, by index. */
  templates: "p",
  /** Components, by id. */
  components: "c",
  /** The entries of a comprehension, by index. */
  keyed: "k",
  /** How many entries a comprehension has. */
  keyedCount: "kc",
  /** Flag: some entry of a comprehension moved. */
  keyedMoved: "km",
  /** The entries of a comprehension before LiveView 1.1: arrays of slots, always all of them. */
  dynamics: "d",
  /** A comprehension's stream operations. */
  stream: "stream",
  /** At the top of a diff: events pushed to hooks. */
  events: "e",
  /** At the top of a diff: the page title. */
  title: "t",
  /** At the top of a reply's diff: the payload that the event was answered with. */
  reply: "r",
} as const;

/**
 * The channel events that LiveView and Phoenix speak.
 *
 * Source: `phoenix/assets/js/phoenix/constants.js`, `phoenix_live_view/assets/js/phoenix_live_view/view.ts`.
 */
export const EVENT = {
  join: "phx_join",
  leave: "phx_leave",
  reply: "phx_reply",
  close: "phx_close",
  error: "phx_error",
  heartbeat: "heartbeat",
  diff: "diff",
  livePatch: "live_patch",
  liveRedirect: "live_redirect",
  redirect: "redirect",
  event: "event",
  cidsWillDestroy: "cids_will_destroy",
  cidsDestroyed: "cids_destroyed",
} as const;

/** How the topic of a view starts; the DOM id of its element follows. Source: the constructor of `View` in view.ts. */
export const VIEW_TOPIC = "lv:";

/** The topic of heartbeats, which belong to the socket rather than to a view. */
export const SOCKET_TOPIC = "phoenix";

/** The version of the serializer that every socket asks for: frames are JSON arrays of five. */
export const SERIALIZER_VERSION = "2.0.0";
