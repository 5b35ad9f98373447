import type { PubSub } from "../pubsub/pubsub.ts";
import { type ClientMessage, decodeMessage, encodePush, encodeReply } from "./envelope.ts";
import { verifyJoin } from "./session-token.ts";
import type { TokenSigner } from "./token.ts";
import type { AnyView, ClientEvent, Session } from "./view.ts";
import { type Answer, ViewProcess } from "./view-process.ts";

/** What a connection needs of the server that it belongs to. */
export interface ConnectionContext {
  readonly views: ReadonlyMap<string, AnyView>;
  readonly pubsub: PubSub;
  readonly signer: TokenSigner;
  /** Sent in the answer to a join; the client warns where it is not its own version. */
  readonly liveViewVersion: string;
  log(line: string): void;
}

/** How a connection sends and closes. */
export interface ConnectionSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

interface Channel {
  readonly joinRef: string | null;
  readonly process: ViewProcess;
  joined: boolean;
}

/** WebSocket close code for data that is not of the agreed type (RFC 6455, 7.4.1). */
const UNSUPPORTED_DATA = 1003;
/** WebSocket close code for a message that breaks the rules of the protocol (RFC 6455, 7.4.1). */
const POLICY_VIOLATION = 1008;

/**
 * One open socket: reads the client's messages, runs a view process for each topic that it joined, and answers as
 * `phoenix/socket` and `phoenix_live_view/channel.ex` do.
 */
export class Connection {
  readonly #context: ConnectionContext;
  readonly #socket: ConnectionSocket;
  /** Null where the socket came without a valid cookie and CSRF token: then nothing can be joined. */
  readonly #session: Session | null;
  readonly #channels = new Map<string, Channel>();

  constructor(context: ConnectionContext, socket: ConnectionSocket, session: Session | null) {
    this.#context = context;
    this.#socket = socket;
    this.#session = session;
  }

  /** Handles a text frame. */
  receive(text: string): void {
    const message = decodeMessage(text);
    if (message === null) {
      this.#context.log(`a frame that is no message, ${text.length} characters: connection closed`);
      this.#socket.close(POLICY_VIOLATION, "not a message");
    } else if (message.topic === "phoenix" && message.event === "heartbeat") {
      this.#reply(message, "ok", {});
    } else if (message.event === "phx_join") {
      this.#join(message);
    } else {
      this.#toChannel(message);
    }
  }

  /** Handles a binary frame: this server has no use for one. */
  receiveBinary(): void {
    this.#socket.close(UNSUPPORTED_DATA, "binary frames are not supported");
  }

  /** Takes down all views: the socket is gone. */
  closed(): void {
    for (const { process } of this.#channels.values()) process.stop();
    this.#channels.clear();
  }

  #join(message: ClientMessage): void {
    const { topic, payload } = message;
    const token = this.#session === null ? undefined : verifyJoin(this.#context.signer, topic, payload);
    const view = token && this.#context.views.get(token.view);
    const uri =
      typeof payload.url === "string" && URL.canParse(payload.url) ? new URL(payload.url) : undefined;
    if (token === undefined || view === undefined || uri === undefined || this.#session === null) {
      return this.#reply(message, "error", { reason: "stale" });
    }
    this.#channels.get(topic)?.process.stop();
    const process = new ViewProcess(
      { view, params: token.params, session: this.#session, uri },
      this.#context.pubsub,
      {
        diff: (diff) => this.#push(message, "diff", diff),
        redirect: (to) => this.#push(message, "redirect", { to }),
        crashed: (error) => this.#crashed(message, error),
      },
    );
    this.#channels.set(topic, { joinRef: message.joinRef, process, joined: false });
    process.join((answer) => this.#answerJoin(message, answer));
  }

  #answerJoin(message: ClientMessage, answer: Answer): void {
    if (answer.kind === "redirect") {
      this.#channels.delete(message.topic);
      return this.#reply(message, "error", { redirect: { to: answer.to } });
    }
    const channel = this.#channels.get(message.topic);
    if (channel !== undefined) channel.joined = true;
    const rendered = answer.kind === "rendered" ? answer.diff : {};
    this.#reply(message, "ok", { liveview_version: this.#context.liveViewVersion, rendered });
  }

  #toChannel(message: ClientMessage): void {
    const channel = this.#channels.get(message.topic);
    if (channel === undefined || channel.joinRef !== message.joinRef) {
      return this.#reply(message, "error", { reason: "unmatched topic" });
    }
    switch (message.event) {
      case "phx_leave":
        this.#channels.delete(message.topic);
        channel.process.stop();
        this.#reply(message, "ok", {});
        return this.#push(message, "phx_close", {});
      case "event": {
        const event = clientEvent(message.payload);
        if (event === null) return this.#reply(message, "error", { reason: "not an event" });
        const cid = typeof message.payload.cid === "number" ? message.payload.cid : null;
        return channel.process.event(event, cid, (answer) => this.#answerEvent(message, answer));
      }
      case "cids_will_destroy":
        return channel.process.componentsWillBeDestroyed(cidsOf(message.payload), () =>
          this.#reply(message, "ok", {}),
        );
      case "cids_destroyed":
        return channel.process.componentsDestroyed(cidsOf(message.payload), (cids) =>
          this.#reply(message, "ok", { cids }),
        );
      default:
        return this.#reply(message, "error", { reason: `unknown event ${message.event}` });
    }
  }

  #answerEvent(message: ClientMessage, answer: Answer): void {
    switch (answer.kind) {
      case "rendered":
        return this.#reply(message, "ok", { diff: answer.diff });
      case "nothing":
        return this.#reply(message, "ok", {});
      case "redirect":
        return this.#reply(message, "ok", { redirect: { to: answer.to } });
      default:
        return answer satisfies never;
    }
  }

  #crashed(join: ClientMessage, error: unknown): void {
    this.#context.log(
      `view on ${join.topic} crashed: ${error instanceof Error ? error.stack : String(error)}`,
    );
    const joined = this.#channels.get(join.topic)?.joined === true;
    this.#channels.delete(join.topic);
    if (joined) this.#push(join, "phx_error", {});
    else this.#reply(join, "error", { reason: "join crashed" });
  }

  #reply(message: ClientMessage, status: "ok" | "error", response: object): void {
    this.#socket.send(encodeReply(message, status, response));
  }

  #push(join: ClientMessage, event: string, payload: object): void {
    this.#socket.send(encodePush(join.joinRef, join.topic, event, payload));
  }
}

function clientEvent({ type, event, value }: Readonly<Record<string, unknown>>): ClientEvent | null {
  if (typeof event !== "string") return null;
  if (type === "form") {
    return typeof value === "string" ? { type: "form", name: event, form: new URLSearchParams(value) } : null;
  }
  const given =
    typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  return { type: "other", name: event, value: given };
}

function cidsOf({ cids }: Readonly<Record<string, unknown>>): number[] {
  return Array.isArray(cids) ? cids.filter((cid) => typeof cid === "number") : [];
}
