import type { JoinOutcome, TopicProcess } from "./channel-host.ts";
import { type ClientMessage, decodeMessage, encodeEnd, encodePush, encodeReply } from "./envelope.ts";
import { type Json, json } from "./json.ts";
import { LiveChannel } from "./live-channel.ts";
import { clientName, errorLine } from "./log-line.ts";
import { Mailbox } from "./mailbox.ts";
import { MessageLimit } from "./message-limit.ts";
import { type ConnectionContext, JOIN_CRASHED, openingOf, type ProcessOpening } from "./opening.ts";
import type { Session } from "./view.ts";
import type { ViewProcess } from "./view-process.ts";

/** How a connection sends and closes. */
export interface ConnectionSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

const NOTHING = json({});
/** What a client is told of a message that it sent too soon after others. */
const TOO_MANY = "too_many_events";
/** These are done all the same: whoever leaves, or shows that he is there, makes no more work. */
const ALWAYS_DONE: ReadonlySet<string> = new Set(["heartbeat", "phx_leave"]);

/** What runs under a topic, and since which join. */
interface Joined {
  readonly joinRef: string | null;
  readonly process: TopicProcess;
}

/** Who has opened a socket. */
export interface ConnectionClient {
  /** Null where the socket came without a valid cookie and CSRF token: then no view can be joined. */
  readonly session: Session | null;
  /** The verified id of the page; undefined where it carries none. */
  readonly page?: string | undefined;
}

/** Tells the sockets of a page apart. */
let opened = 0;

/** WebSocket close code for data that is not of the agreed type (RFC 6455, 7.4.1). */
const UNSUPPORTED_DATA = 1003;
/** WebSocket close code for a message that breaks the rules of the protocol (RFC 6455, 7.4.1). */
const POLICY_VIOLATION = 1008;
/** WebSocket close code for a server that failed (RFC 6455, 7.4.1). */
const INTERNAL_ERROR = 1011;
/** So many messages may wait for a join to be answered. */
const MOST_WAITING = 1000;

/**
 * One open socket: reads the client's messages, runs a process for each topic that it joined, and answers as
 * `phoenix/socket.ex` does. While a join is under way, what comes after it waits.
 */
export class Connection {
  readonly #context: ConnectionContext;
  readonly #socket: ConnectionSocket;
  readonly #session: Session | null;
  readonly #pageId: string | undefined;
  readonly #joined = new Map<string, Joined>();
  readonly #inbox: Mailbox;
  readonly #limit: MessageLimit | null;
  /** How many messages wait in it. */
  #waiting = 0;
  /** Whether a join is under way. Otherwise what waits has come with one read, and is handled before the next. */
  #joining = false;
  /** Whether the client broke the rules: what it sends until its socket has closed is not even read. */
  #refused = false;

  constructor(context: ConnectionContext, socket: ConnectionSocket, { session, page }: ConnectionClient) {
    this.#context = context;
    this.#socket = socket;
    this.#session = session;
    this.#pageId = page === undefined ? undefined : `${page}:${opened++}`;
    const { messageRate, monotonicMs } = context;
    this.#limit = messageRate === null ? null : new MessageLimit(messageRate, monotonicMs);
    this.#inbox = new Mailbox((error) => {
      context.log(errorLine("a connection failed", error));
      this.closed();
      socket.close(INTERNAL_ERROR, "the server failed");
    });
  }

  /** Handles a text frame. */
  receive(text: string): void {
    if (this.#refused) return;
    const message = decodeMessage(text);
    if (message === null) {
      this.#context.log(`a frame that is no message, ${text.length} characters: connection closed`);
      return this.#refuse(POLICY_VIOLATION, "not a message");
    }
    if (this.#joining && this.#waiting >= MOST_WAITING) {
      this.#context.log(`${MOST_WAITING} messages wait for a join: connection closed`);
      return this.#refuse(POLICY_VIOLATION, "too many messages");
    }
    const verdict = this.#limit?.take(message.event, text.length) ?? "taken";
    switch (verdict) {
      case "taken":
        return this.#queue(message);
      case "too many":
        return ALWAYS_DONE.has(message.event) ? this.#queue(message) : this.#slowDown(message);
      case "flood":
        this.#context.log("a client that floods the server with messages: connection closed");
        return this.#refuse(POLICY_VIOLATION, "too many messages");
      default:
        return verdict satisfies never;
    }
  }

  /** Handles a binary frame: this server has no use for one. */
  receiveBinary(): void {
    if (!this.#refused) this.#refuse(UNSUPPORTED_DATA, "binary frames are not supported");
  }

  /** Takes down everything that was joined: the socket is gone. */
  closed(): void {
    this.#inbox.close();
    const processes = [...this.#joined.values()];
    this.#joined.clear();
    for (const { process } of processes) process.stop();
  }

  /** Has its views crash, each in its turn. @returns how many there are. */
  crashViews(): number {
    const views = [...this.#joined.values()].flatMap(({ process }) =>
      process instanceof LiveChannel ? [process.process] : [],
    );
    for (const view of views) view.fail("told to crash");
    return views.length;
  }

  #queue(message: ClientMessage): void {
    this.#waiting += 1;
    this.#inbox.post(() => {
      this.#waiting -= 1;
      return this.#handle(message);
    });
  }

  /** Answers at once, whatever waits: nothing is done for the message. */
  #slowDown(message: ClientMessage): void {
    this.#reply(message, "error", json({ reason: TOO_MANY, retry_after_ms: this.#limit?.retryAfterMs ?? 0 }));
  }

  #refuse(code: number, reason: string): void {
    this.#refused = true;
    this.#socket.close(code, reason);
  }

  #handle(message: ClientMessage): void | Promise<void> {
    const { topic, event } = message;
    if (topic === "phoenix" && event === "heartbeat")
      return this.#reply({ ...message, joinRef: null }, "ok", NOTHING);
    if (event === "phx_join") return this.#join(message);
    const joined = this.#joined.get(topic);
    if (event === "phx_leave") return this.#leave(message, joined);
    if (joined === undefined || joined.joinRef !== message.joinRef) return this.#unmatched(message);
    joined.process.receive(message);
  }

  /**
   * Source: `handle_in` for `phx_join` in phoenix/socket.ex. The end of what ran under the topic before is told after
   * the answer to the new join.
   */
  async #join(message: ClientMessage): Promise<void> {
    const { topic } = message;
    const former = this.#joined.get(topic);
    this.#joined.delete(topic);
    former?.process.stop();
    this.#joining = true;
    try {
      await this.#open(message);
    } catch (error) {
      this.#context.log(errorLine(`the join of ${clientName(topic)} crashed`, error));
      this.#reply(message, "error", json(JOIN_CRASHED));
    }
    this.#joining = false;
    if (former !== undefined) this.#socket.send(encodeEnd(former.joinRef, topic, "phx_close"));
  }

  #open(message: ClientMessage): void | Promise<void> {
    const processOf = (pid: string) => viewKnownAs(pid, this.#joined.values());
    const request = { message, session: this.#session, pageId: this.#pageId, processOf };
    const opening = openingOf(this.#context, request);
    switch (opening.kind) {
      case "unmatched":
        return this.#unmatched(message);
      case "refused": {
        const { reason, because } = opening;
        this.#context.log(`the join of ${clientName(message.topic)} was refused as ${reason}: ${because}`);
        return this.#reply(message, "error", json({ reason }));
      }
      case "process":
        return this.#start(message, opening);
      default:
        return opening satisfies never;
    }
  }

  /**
   * Starts a process under a topic. Resolves when its join is answered; one that ends before has crashed, as the monitor
   * in `join` of phoenix/channel/server.ex has it.
   */
  #start(message: ClientMessage, { create, failure }: ProcessOpening): Promise<void> {
    const { joinRef, topic } = message;
    return new Promise((resolve) => {
      let answered = false;
      const answer = ({ status, response }: JoinOutcome) => {
        this.#reply(message, status, response);
        answered = true;
        if (status === "error") this.#joined.delete(topic);
        resolve();
      };
      const crashed = (error: unknown) => {
        const what = answered ? clientName(topic) : `the join of ${clientName(topic)}`;
        this.#context.log(errorLine(`${what} crashed`, error));
        if (answered) end("phx_error");
        else answer({ status: "error", response: json(failure(error)) });
      };
      const end = (event: "phx_close" | "phx_error") => {
        if (this.#joined.get(topic)?.process !== process) return;
        this.#joined.delete(topic);
        this.#socket.send(encodeEnd(joinRef, topic, event));
      };
      const process = create({
        reply: (to, status, response) => this.#reply(to, status, response),
        push: (event, payload) => this.#socket.send(encodePush(joinRef, topic, event, payload)),
        broadcast: (event, payload) => this.#socket.send(encodePush(null, topic, event, payload)),
        closed: () => (answered ? end("phx_close") : crashed(new Error("it ended before it had answered"))),
        crashed,
      });
      this.#joined.set(topic, { joinRef, process });
      process.join(answer);
    });
  }

  /** Source: `handle_in` for `phx_leave` in phoenix/socket.ex. Who leaves what has ended already is told that he has. */
  #leave(message: ClientMessage, joined: Joined | undefined): void {
    const { topic } = message;
    if (joined === undefined) return this.#reply(message, "ok", NOTHING);
    if (joined.joinRef !== message.joinRef) return;
    this.#joined.delete(topic);
    joined.process.stop();
    this.#socket.send(encodeEnd(joined.joinRef, topic, "phx_close"));
    this.#reply(message, "ok", NOTHING);
  }

  /** Source: `encode_ignore` in phoenix/socket.ex: the answer belongs to no join. */
  #unmatched(message: ClientMessage): void {
    this.#reply({ ...message, joinRef: null }, "error", json({ reason: "unmatched topic" }));
  }

  #reply(message: ClientMessage, status: "ok" | "error", response: Json): void {
    this.#socket.send(encodeReply(message, status, response));
  }
}

function viewKnownAs(pid: string, joined: Iterable<Joined>): ViewProcess | undefined {
  for (const { process } of joined) {
    if (process instanceof LiveChannel && process.process.isKnownAs(pid)) return process.process;
  }
  return undefined;
}
