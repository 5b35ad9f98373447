import type { PubSub } from "../pubsub/pubsub.ts";
import { type Diff, render, type TemplatePrint } from "./diff.ts";
import { Mailbox } from "./mailbox.ts";
import { type BaseAssigns, Socket } from "./socket.ts";
import type { AnyView, ClientEvent, Params, Session } from "./view.ts";
import { WIRE } from "./wire-keys.ts";

/** How a view was asked for. */
export interface ViewStart {
  readonly view: AnyView;
  readonly params: Params;
  readonly session: Session;
  readonly uri: URL;
}

/** What a view process tells the connection that it belongs to. */
export interface ViewOutput {
  diff(diff: Diff): void;
  redirect(to: string): void;
  /** The view threw; nothing more will come. */
  crashed(error: unknown): void;
}

/** What a join or an event is answered with. */
export type Answer =
  | { readonly kind: "rendered"; readonly diff: Diff }
  /** Nothing changed. */
  | { readonly kind: "nothing" }
  | { readonly kind: "redirect"; readonly to: string };

/**
 * One mounted view: its state, what its client has been sent, and a mailbox in which events and broadcasts wait
 * their turn.
 */
export class ViewProcess {
  readonly #start: ViewStart;
  readonly #output: ViewOutput;
  readonly #mailbox: Mailbox;
  readonly #socket: Socket<BaseAssigns>;
  readonly #subscriptions: (() => void)[] = [];
  #print: TemplatePrint | undefined;
  #stopped = false;

  constructor(start: ViewStart, pubsub: PubSub, output: ViewOutput) {
    this.#start = start;
    this.#output = output;
    this.#mailbox = new Mailbox((error) => {
      this.#release();
      output.crashed(error);
    });
    this.#socket = new Socket({
      connected: true,
      subscribe: (topic) =>
        this.#subscriptions.push(pubsub.subscribe(topic, (message) => this.info(message))),
    });
  }

  /** Mounts the view and renders it in full. */
  join(answer: (answer: Answer) => void): void {
    this.#mailbox.post(async () => {
      const { view, params, session, uri } = this.#start;
      await view.mount(this.#socket, params, session);
      if (this.#socket.redirected === undefined) await view.handleParams?.(this.#socket, params, uri);
      this.#settle(answer);
    });
  }

  /** Handles an event of the page. */
  event(event: ClientEvent, answer: (answer: Answer) => void): void {
    this.#mailbox.post(() => {
      const handled = this.#start.view.handleEvent?.(this.#socket, event);
      if (handled instanceof Promise) return handled.then(() => this.#settle(answer));
      return this.#settle(answer);
    });
  }

  /** Handles a broadcast; what changed is pushed. */
  info(message: unknown): void {
    this.#mailbox.post(() => {
      const handled = this.#start.view.handleInfo?.(this.#socket, message);
      if (handled instanceof Promise) return handled.then(() => this.#settle(this.#push));
      return this.#settle(this.#push);
    });
  }

  /** Takes the view down: the client left, or its connection is gone. */
  stop(): void {
    this.#stopped = true;
    this.#mailbox.close();
    this.#release();
    this.#start.view.terminate?.(this.#socket);
  }

  readonly #push = (answer: Answer): void => {
    switch (answer.kind) {
      case "rendered":
        return this.#output.diff(answer.diff);
      case "redirect":
        return this.#output.redirect(answer.to);
      case "nothing":
        return;
      default:
        return answer satisfies never;
    }
  };

  /** Renders after a callback; a view that was stopped while its callback waited has nobody to tell. */
  #settle(answer: (answer: Answer) => void): void {
    if (!this.#stopped) answer(this.#answer());
  }

  #answer(): Answer {
    if (this.#socket.redirected !== undefined) return { kind: "redirect", to: this.#socket.redirected };
    const { changes, events, reply } = this.#socket.take();
    const first = this.#print === undefined;
    let diff: Diff = {};
    if (first || changes.size > 0) {
      const rendered = render(
        this.#start.view.template,
        this.#socket.assigns,
        first ? null : changes,
        this.#print,
      );
      this.#print = rendered.print;
      diff = rendered.diff;
      this.#socket.pruneStreams();
    }
    if (events.length > 0) diff[WIRE.events] = events;
    if (reply !== undefined) diff[WIRE.reply] = reply;
    if (changes.has("pageTitle")) diff[WIRE.title] = this.#socket.assigns.pageTitle ?? "";
    return Object.keys(diff).length === 0 ? { kind: "nothing" } : { kind: "rendered", diff };
  }

  #release(): void {
    for (const unsubscribe of this.#subscriptions) unsubscribe();
  }
}
