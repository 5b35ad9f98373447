import type { Diff } from "./diff.ts";
import { encodeFrame } from "./envelope.ts";
import type { Frame } from "./frame-decoder.ts";
import { type JoinRefusal, refusalOf } from "./join-refusal.ts";
import { describeJson, isJsonObject, type JsonObject } from "./json.ts";
import { type Navigation, navigationOf, navigationsIn } from "./navigation.ts";
import { ProtocolError } from "./protocol-error.ts";
import type { Answer, Reply } from "./reply.ts";
import { EVENT } from "./wire-keys.ts";

/**
 * Where a channel is in its life. `down` and `left` are ends, after which its frames are nobody's any more: who
 * joins again starts from a new channel.
 */
export type ChannelPhase = "idle" | "joining" | "joined" | "down" | "leaving" | "left";

/** What speaks on a channel: a LiveView, in trees and diffs; or an application, in whatever it likes. */
export type ChannelKind = "view" | "application";

/** The state of one channel. Plain data, never changed. */
export interface Channel {
  readonly topic: string;
  readonly kind: ChannelKind;
  readonly phase: ChannelPhase;
  /** The ref of the last join, which marks every frame of this channel; null before. */
  readonly joinRef: string | null;
  /** The ref of the leave; null before. */
  readonly leaveRef: string | null;
  /** The refs of pushes that were not answered yet. */
  readonly pending: ReadonlySet<string>;
}

/** What happens to a channel. A `ref` is the next one of its socket. */
export type ChannelInput =
  | { readonly kind: "join"; readonly ref: string; readonly payload: unknown }
  | { readonly kind: "push"; readonly ref: string; readonly event: string; readonly payload: unknown }
  | { readonly kind: "frame"; readonly frame: Frame }
  | { readonly kind: "leave"; readonly ref: string }
  /** The socket is gone, or the server did not answer in time. */
  | { readonly kind: "lost"; readonly code: DownCode; readonly message: string };

/** Why a channel is of no use any more. */
export type DownCode =
  | "channel-crashed"
  | "channel-closed"
  | "socket-closed"
  | "heartbeat-timeout"
  | "join-timeout"
  | "leave-timeout";

/** What is to be done, or to be known, because of an input. In order. */
export type ChannelOutput =
  | { readonly kind: "send"; readonly ref: string; readonly text: string }
  | { readonly kind: "joined"; readonly rendered: Diff; readonly response: JsonObject }
  | {
      readonly kind: "refused";
      readonly reason: string;
      readonly refusal: JoinRefusal;
      readonly response: unknown;
    }
  | { readonly kind: "diff"; readonly diff: Diff }
  /** A push was answered. Its diff, if it has one, is to be merged first. */
  | { readonly kind: "reply"; readonly ref: string; readonly reply: Reply }
  | { readonly kind: "navigate"; readonly navigation: Navigation }
  /** An application's join was accepted, its push answered, or an event of its own came. */
  | { readonly kind: "accepted"; readonly response: unknown }
  | { readonly kind: "answer"; readonly ref: string; readonly answer: Answer }
  | { readonly kind: "event"; readonly event: string; readonly payload: unknown }
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

/** A channel that has not joined. */
export function newChannel(topic: string, kind: ChannelKind): Channel {
  return { topic, kind, phase: "idle", joinRef: null, leaveRef: null, pending: NOTHING_PENDING };
}

/**
 * One step of a channel: state and input in, state and outputs out. Knows no clock, no socket and no other channel.
 *
 * Source: `phoenix/assets/js/phoenix/channel.js` and `push.js`; the events that it has a handler for: `bindChannel` in
 * view.ts. Others it lets be.
 *
 * @throws ProtocolError for a frame that has no place in the conversation
 */
export function step(channel: Channel, input: ChannelInput): Step {
  switch (input.kind) {
    case "join": {
      const joining = { ...channel, phase: "joining", joinRef: input.ref, pending: NOTHING_PENDING } as const;
      return push(joining, input.ref, EVENT.join, input.payload);
    }
    case "push":
      return push(channel, input.ref, input.event, input.payload);
    case "leave":
      return push({ ...channel, phase: "leaving", leaveRef: input.ref }, input.ref, EVENT.leave, {});
    case "lost":
      return lost(channel, input.code, input.message);
    case "frame":
      return receive(channel, input.frame);
  }
}

function push(channel: Channel, ref: string, event: string, payload: unknown): Step {
  const text = encodeFrame(channel.joinRef, ref, channel.topic, event, payload);
  const pending = new Set(channel.pending).add(ref);
  return { channel: { ...channel, pending }, outputs: [{ kind: "send", ref, text }] };
}

function lost(channel: Channel, code: DownCode, message: string): Step {
  if (isOver(channel)) return { channel, outputs: NO_OUTPUTS };
  return channel.phase === "leaving" ? left(channel) : down(channel, code, message);
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

function isOver({ phase }: Channel): boolean {
  return phase === "left" || phase === "down";
}

function receive(channel: Channel, frame: Frame): Step {
  if (isOver(channel) || (frame.joinRef !== null && frame.joinRef !== channel.joinRef)) {
    return { channel, outputs: STALE };
  }
  switch (frame.event) {
    case EVENT.reply:
      if (frame.kind === "reply") return receiveReply(channel, frame.ref, frame.reply);
      if (frame.kind === "answer") return receiveAnswer(channel, frame.ref, frame.answer);
      break;
    case EVENT.error:
      return channel.phase === "leaving"
        ? left(channel)
        : down(channel, "channel-crashed", "the view crashed on the server (phx_error)");
    case EVENT.close:
      return channel.phase === "leaving"
        ? // The answer to the leave follows, and belongs to a channel that has left already.
          left(channel)
        : down(channel, "channel-closed", "the server closed the channel (phx_close)");
  }
  return { channel, outputs: channel.kind === "view" ? viewEvent(channel, frame) : applicationEvent(frame) };
}

function applicationEvent(frame: Frame): readonly ChannelOutput[] {
  if (frame.kind !== "other") return NO_OUTPUTS;
  return [{ kind: "event", event: frame.event, payload: frame.payload }];
}

function viewEvent(channel: Channel, frame: Frame): readonly ChannelOutput[] {
  if (frame.kind === "diff") {
    if (channel.phase !== "joining") return [{ kind: "diff", diff: frame.diff }];
    throw new ProtocolError(frame.event, "", "comes before the join was answered");
  }
  switch (frame.event) {
    case EVENT.livePatch:
    case EVENT.liveRedirect:
    case EVENT.redirect:
      return [
        {
          kind: "navigate",
          navigation: navigationOf(frame.event, null, frame.kind === "other" ? frame.payload : null),
        },
      ];
    default:
      return NO_OUTPUTS;
  }
}

/** The channel with this push answered. */
function answered(channel: Channel, ref: string | null): Channel {
  if (ref === null || !channel.pending.has(ref)) {
    throw new ProtocolError(EVENT.reply, "", `answers ref ${ref}, which was never pushed or answered before`);
  }
  const pending = new Set(channel.pending);
  pending.delete(ref);
  return { ...channel, pending: pending.size === 0 ? NOTHING_PENDING : pending };
}

function receiveReply(channel: Channel, ref: string | null, reply: Reply): Step {
  const now = answered(channel, ref);
  if (ref === channel.joinRef) return receiveJoin(now, reply);
  if (ref === channel.leaveRef) return left(now);
  const outputs: ChannelOutput[] = [{ kind: "reply", ref: ref ?? "", reply }];
  return { channel: now, outputs: [...outputs, ...navigates(reply.response)] };
}

function receiveJoin(channel: Channel, { status, rendered, response }: Reply): Step {
  if (channel.phase === "leaving") return { channel, outputs: NO_OUTPUTS };
  if (status === "error") return refused(channel, response);
  if (rendered === null) {
    throw new ProtocolError(EVENT.reply, "response.rendered", "is missing from the answer to a join");
  }
  const outputs: ChannelOutput[] = [{ kind: "joined", rendered, response }];
  return { channel: { ...channel, phase: "joined" }, outputs: [...outputs, ...navigates(response)] };
}

function receiveAnswer(channel: Channel, ref: string | null, answer: Answer): Step {
  const now = answered(channel, ref);
  if (ref === channel.leaveRef) return left(now);
  if (ref !== channel.joinRef) {
    return { channel: now, outputs: [{ kind: "answer", ref: ref ?? "", answer }] };
  }
  if (channel.phase === "leaving") return { channel: now, outputs: NO_OUTPUTS };
  if (answer.status === "error") return refused(now, answer.response);
  return {
    channel: { ...now, phase: "joined" },
    outputs: [{ kind: "accepted", response: answer.response }],
  };
}

function refused(channel: Channel, response: unknown): Step {
  const named = isJsonObject(response) ? response.reason : undefined;
  const reason = typeof named === "string" ? named : describeJson(response);
  const refusal = refusalOf(response);
  return {
    channel: { ...channel, phase: "down" },
    outputs: [{ kind: "refused", reason, refusal, response }],
  };
}

function navigates(response: JsonObject): ChannelOutput[] {
  return navigationsIn(response).map((navigation) => ({ kind: "navigate", navigation }));
}
