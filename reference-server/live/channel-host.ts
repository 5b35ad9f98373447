import type { ClientMessage } from "./envelope.ts";
import type { Json } from "./json.ts";

/** What runs under a topic of a connection. */
export interface TopicProcess {
  /** Asks to be let in. One that crashes meanwhile gives no outcome. */
  join(outcome: (outcome: JoinOutcome) => void): void;
  /** Handles a message for the topic that is neither a join nor a leave. */
  receive(message: ClientMessage): void;
  /** Ends it: the client left, joined anew, or is gone. */
  stop(): void;
}

/** How what runs under a topic speaks to its client. */
export interface ChannelHost {
  reply(message: ClientMessage, status: "ok" | "error", response: Json): void;
  push(event: string, payload: Json): void;
  /** Sends what goes to everybody on the topic: it belongs to no join. Source: `fastlane!` in v2_json_serializer.ex. */
  broadcast(event: string, payload: Json): void;
  /** It has ended by itself; the client is told. */
  closed(): void;
  /** It threw; the log and the client are told. */
  crashed(error: unknown): void;
}

/** What a join came to, as the client is told. */
export interface JoinOutcome {
  readonly status: "ok" | "error";
  readonly response: Json;
}
