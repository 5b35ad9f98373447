import type { Identifiers } from "../identifiers.ts";
import type { PubSub } from "../pubsub/pubsub.ts";
import { type AnyChannel, channelOf } from "./channel.ts";
import type { ChannelHost, TopicProcess } from "./channel-host.ts";
import { ChannelProcess } from "./channel-process.ts";
import type { ClientMessage } from "./envelope.ts";
import { judgeJoin } from "./join.ts";
import { LiveChannel } from "./live-channel.ts";
import type { MessageRate } from "./message-limit.ts";
import { reloadResponse } from "./reload.ts";
import type { Router } from "./router.ts";
import type { TokenSigner } from "./token.ts";
import type { AnyView, Session } from "./view.ts";
import type { ViewProcess } from "./view-process.ts";

/** What a connection needs of the server that it belongs to. */
export interface ConnectionContext {
  /** Every view that may be joined, by name. */
  readonly views: ReadonlyMap<string, AnyView>;
  readonly router: Router;
  readonly channels: readonly AnyChannel[];
  readonly pubsub: PubSub;
  readonly signer: TokenSigner;
  readonly identifiers: Identifiers;
  /** Sent in the answer to a join; the client warns where it is not its own version. */
  readonly liveViewVersion: string;
  /** How many messages a client may send; null for any number. */
  readonly messageRate: MessageRate | null;
  /** Milliseconds since any moment, which never go back. */
  monotonicMs(): number;
  log(line: string): void;
}

/** A process that may be started under a topic. */
export interface ProcessOpening {
  readonly kind: "process";
  create(host: ChannelHost): TopicProcess;
  /** What the client is told where the join has crashed. */
  failure(error: unknown): object;
}

/** What a join leads to. */
export type Opening =
  | ProcessOpening
  | { readonly kind: "refused"; readonly reason: "stale" | "unauthorized"; readonly because: string }
  /** There is nothing under such a topic. */
  | { readonly kind: "unmatched" };

/** Who joins what. */
export interface JoinRequest {
  readonly message: ClientMessage;
  /** Null where the socket came without a valid cookie and CSRF token. */
  readonly session: Session | null;
  /** See `Socket.pageId`. */
  readonly pageId: string | undefined;
  /** The view of this socket that has rendered children under this name. */
  processOf(pid: string): ViewProcess | undefined;
}

/** What the client is told of a join that threw. Source: `join` in phoenix/channel/server.ex. */
export const JOIN_CRASHED = { reason: "join crashed" };

/**
 * What a join leads to: a view under `lv:*`, otherwise the server's channel of the topic.
 *
 * @throws Error where the join itself crashes: an address that is none.
 */
export function openingOf(context: ConnectionContext, request: JoinRequest): Opening {
  const { message, session, pageId } = request;
  const { topic, payload } = message;
  const { signer, pubsub, liveViewVersion } = context;
  if (topic.startsWith("lv:")) {
    const verdict = judgeJoin({ ...context, ...request }, topic, payload);
    if (verdict.kind === "refused") return verdict;
    const { start, redirected } = verdict;
    return {
      kind: "process",
      create: (host) => new LiveChannel({ start, redirected, liveViewVersion }, pubsub, host),
      failure: (error) => reloadResponse(signer, start.view.name, error) ?? JOIN_CRASHED,
    };
  }
  const found = channelOf(context.channels, topic);
  if (found === undefined) return { kind: "unmatched" };
  const start = { ...found, topic, payload, session: session ?? {}, pageId };
  return {
    kind: "process",
    create: (host) => new ChannelProcess(start, pubsub, host),
    failure: () => JOIN_CRASHED,
  };
}
