import type { Diff } from "./diff.ts";
import { encodeFrame } from "./envelope.ts";
import type { Frame } from "./frame-decoder.ts";
import { isJsonObject, type JsonObject } from "./json.ts";
import { ProtocolError } from "./protocol-error.ts";
import type { Reply } from "./reply.ts";
import { EVENT, SOCKET_TOPIC } from "./wire-keys.ts";

/** Where a channel is in its life. `down` and `left` are ends: a rejoin starts from a new channel. */
export type ChannelPhase = "idle" | "joining" | "joined" | "leaving" | "left" | "down";

/** The state of one view's channel, and of the heartbeat of its socket. Plain data, never changed. */
export interface Channel {
  readonly topic: string;
  readonly phase: ChannelPhase;
  /** The ref of the join, which marks every frame of this channel; null before. */
  readonly joinRef: string | null;
  /** The number that the next push is known by. */
  readonly nextRef: number;
  /** The refs of pushes that were not answered yet. */
  readonly pending: ReadonlySet<string>;
  /** The ref of a heartbeat that was not answered yet. */
  readonly heartbeatRef: string | null;
}

/** What happens to a channel. */
export type ChannelInput =
  | { readonly kind: "join"; readonly payload: unknown }
  | { readonly kind: "push"; readonly event: string; readonly payload: unknown }
  | { readonly kind: "frame"; readonly frame: Frame }
  /** Time for a heartbeat. That the last one is not answered yet means that the server is gone. */
  | { readonly kind: "heartbeat-due" }
  | { readonly kind: "leave" }
  | { readonly kind: "socket-closed"; readonly code: number; readonly reason: string };

/** Why a channel is of no use any more. */
export type DownCode = "channel-crashed" | "channel-closed" | "socket-closed" | "heartbeat-timeout";

/** Where the server sends the user. */
export interface Navigation {
  readonly how: "live_patch" | "live_redirect" | "redirect";
  readonly to: string;
}

/** What is to be done, or to be known, because of an input. In order. */
export type ChannelOutput =
  | { readonly kind: "send"; readonly ref: string; readonly text: string }
  | { readonly kind: "joined"; readonly rendered: Diff; readonly response: JsonObject }
  | { readonly kind: "refused"; readonly reason: string; readonly response: JsonObject }
  | { readonly kind: "diff"; readonly diff: Diff }
  /** A push was answered. Its diff, if it has one, is to be merged first. */
  | { readonly kind: "reply"; readonly ref: string; readonly reply: Reply }
  | { readonly kind: "heartbeat" }
  | { readonly kind: "navigate"; readonly navigation: Navigation }
  | { readonly kind: "down"; readonly code: DownCode; readonly message: string }
  | { readonly kind: "left" }
  /** A frame of an earlier life of the channel. */
  | { readonly kind: "stale" };

/** The state after an input, and what comes of it. */
export interface Step {
  readonly channel: Channel;
  readonly outputs: readonly ChannelOutput[];
}

const NOTHING_PENDING: ReadonlySet<string> = new Set();
const STALE: readonly ChannelOutput[] = [{ kind: "stale" }];
const NO_OUTPUTS: readonly ChannelOutput[] = [];

/**
 * A channel that has not joined.
 *
 * @param rootId the DOM id of the view's root element: its topic is `lv:<root id>`
 */
export function newChannel(rootId: string): Channel {
  return {
    topic: `lv:${rootId}`,
    phase: "idle",
    joinRef: null,
    nextRef: 1,
    pending: NOTHING_PENDING,
    heartbeatRef: null,
  };
}

/**
 * One step of the channel: state and input in, state and outputs out. Knows no clock and no socket.
 *
 * Source: `phoenix/assets/js/phoenix/channel.js`, `push.js` and `socket.js`.
 *
 * @throws ProtocolError for a frame that has no place in the conversation
 */
export function step(channel: Channel, input: ChannelInput): Step {
  switch (input.kind) {
    case "join":
      return push(
        { ...channel, phase: "joining", joinRef: String(channel.nextRef) },
        EVENT.join,
        input.payload,
      );
    case "push":
      return push(channel, input.event, input.payload);
    case "leave":
      return push({ ...channel, phase: "leaving" }, EVENT.leave, {});
    case "heartbeat-due":
      return heartbeat(channel);
    case "socket-closed":
      return closed(channel, input.code, input.reason);
    case "frame":
      return receive(channel, input.frame);
  }
}

function push(channel: Channel, event: string, payload: unknown): Step {
  const ref = String(channel.nextRef);
  const text = encodeFrame(channel.joinRef, ref, channel.topic, event, payload);
  const pending = new Set(channel.pending).add(ref);
  return {
    channel: { ...channel, nextRef: channel.nextRef + 1, pending },
    outputs: [{ kind: "send", ref, text }],
  };
}

function heartbeat(channel: Channel): Step {
  if (channel.heartbeatRef !== null) {
    return down(channel, "heartbeat-timeout", "the server did not answer the last heartbeat");
  }
  const ref = String(channel.nextRef);
  const text = encodeFrame(null, ref, SOCKET_TOPIC, EVENT.heartbeat, {});
  return {
    channel: { ...channel, nextRef: channel.nextRef + 1, heartbeatRef: ref },
    outputs: [{ kind: "send", ref, text }],
  };
}

function closed(channel: Channel, code: number, reason: string): Step {
  if (channel.phase === "left" || channel.phase === "down") return { channel, outputs: NO_OUTPUTS };
  if (channel.phase === "leaving") return left(channel);
  return down(channel, "socket-closed", `the socket was closed with code ${code}${reason && `: ${reason}`}`);
}

function down(channel: Channel, code: DownCode, message: string): Step {
  return {
    channel: { ...channel, phase: "down", pending: NOTHING_PENDING },
    outputs: [{ kind: "down", code, message }],
  };
}

function left(channel: Channel): Step {
  return { channel: { ...channel, phase: "left", pending: NOTHING_PENDING }, outputs: [{ kind: "left" }] };
}

function receive(channel: Channel, frame: Frame): Step {
  if (frame.topic === SOCKET_TOPIC) return receiveHeartbeat(channel, frame);
  if (frame.topic !== channel.topic) {
    throw new ProtocolError(frame.event, "", `is for topic ${frame.topic}, which was never joined`);
  }
  const isOver = channel.phase === "left" || channel.phase === "down";
  if (isOver || (frame.joinRef !== null && frame.joinRef !== channel.joinRef))
    return { channel, outputs: STALE };
  switch (frame.event) {
    case EVENT.diff:
      if (frame.kind !== "diff" || channel.phase === "joining") break;
      return { channel, outputs: [{ kind: "diff", diff: frame.diff }] };
    case EVENT.reply:
      if (frame.kind !== "reply") break;
      return receiveReply(channel, frame.ref, frame.reply);
    case EVENT.error:
      return down(channel, "channel-crashed", "the view crashed on the server (phx_error)");
    case EVENT.close:
      return channel.phase === "leaving"
        ? // The answer to the leave follows, and belongs to a channel that has left already.
          left(channel)
        : down(channel, "channel-closed", "the server closed the channel (phx_close)");
    case EVENT.livePatch:
    case EVENT.liveRedirect:
    case EVENT.redirect:
      return { channel, outputs: [navigate(frame.event, frame.kind === "other" ? frame.payload : null)] };
  }
  throw new ProtocolError(frame.event, "", `has no place in a channel that is ${channel.phase}`);
}

function receiveHeartbeat(channel: Channel, frame: Frame): Step {
  if (frame.event !== EVENT.reply || frame.ref !== channel.heartbeatRef) {
    throw new ProtocolError(frame.event, "", `on topic ${SOCKET_TOPIC} answers no heartbeat of this socket`);
  }
  return { channel: { ...channel, heartbeatRef: null }, outputs: [{ kind: "heartbeat" }] };
}

function receiveReply(channel: Channel, ref: string | null, reply: Reply): Step {
  if (ref === null || !channel.pending.has(ref)) {
    throw new ProtocolError(EVENT.reply, "", `answers ref ${ref}, which was never pushed or answered before`);
  }
  const pending = new Set(channel.pending);
  pending.delete(ref);
  const answered = { ...channel, pending };
  if (ref === channel.joinRef) return receiveJoin(answered, reply);
  if (channel.phase === "leaving" && Number(ref) === channel.nextRef - 1) return left(answered);
  return { channel: answered, outputs: [{ kind: "reply", ref, reply }, ...navigations(reply.response)] };
}

function receiveJoin(channel: Channel, reply: Reply): Step {
  if (reply.status === "ok" && reply.rendered !== null) {
    const joined: ChannelOutput = { kind: "joined", rendered: reply.rendered, response: reply.response };
    return { channel: { ...channel, phase: "joined" }, outputs: [joined, ...navigations(reply.response)] };
  }
  const { response } = reply;
  const reason = typeof response.reason === "string" ? response.reason : JSON.stringify(response);
  const refused: ChannelOutput = { kind: "refused", reason, response };
  return { channel: { ...channel, phase: "down" }, outputs: [refused, ...navigations(response)] };
}

/** Where a reply sends the user beside what it changes. Source: `pushWithReply` in view.ts. */
function navigations(response: JsonObject): ChannelOutput[] {
  const outputs: ChannelOutput[] = [];
  for (const how of [EVENT.redirect, EVENT.livePatch, EVENT.liveRedirect]) {
    if (response[how] !== undefined) outputs.push(navigate(how, response[how]));
  }
  return outputs;
}

function navigate(how: Navigation["how"], payload: unknown): ChannelOutput {
  const to = isJsonObject(payload) ? payload.to : undefined;
  if (typeof to !== "string") throw new ProtocolError(how, "to", "is missing");
  return { kind: "navigate", navigation: { how, to } };
}
