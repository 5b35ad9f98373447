import type { PubSub } from "../pubsub/pubsub.ts";
import { type Diff, isEmpty } from "./diff.ts";
import { Mailbox } from "./mailbox.ts";
import { type BaseAssigns, type Outbox, type PushedEvent, Socket } from "./socket.ts";
import type { AnyView, ClientEvent, Params, Session } from "./view.ts";
import { ViewRenderer } from "./view-renderer.ts";
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
  readonly #renderer: ViewRenderer;
  #stopped = false;

  constructor(start: ViewStart, pubsub: PubSub, output: ViewOutput) {
    this.#start = start;
    this.#output = output;
    this.#mailbox = new Mailbox((error) => {
      this.#release();
      output.crashed(error);
    });
    const kept = {
      connected: true,
      subscribe: (topic: string) =>
        void this.#subscriptions.push(pubsub.subscribe(topic, (message) => this.info(message))),
    };
    this.#socket = new Socket(kept);
    this.#renderer = new ViewRenderer(start.view.template, (cid) => new Socket({ ...kept, cid }));
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

  /**
   * Handles an event of the page.
   *
   * @param cid the live component that it is for; null: the view. One that is gone has nothing to say.
   */
  event(event: ClientEvent, cid: number | null, answer: (answer: Answer) => void): void {
    this.#mailbox.post(() => {
      if (cid !== null) return this.#componentEvent(event, cid, answer);
      return after(this.#start.view.handleEvent?.(this.#socket, event), () => this.#settle(answer));
    });
  }

  /** Notes that the client is about to drop these live components. */
  componentsWillBeDestroyed(cids: readonly number[], answer: () => void): void {
    this.#mailbox.post(() => {
      this.#renderer.willDestroy(cids);
      answer();
    });
  }

  /** Drops live components that the client has dropped; answers with those that were not rendered again meanwhile. */
  componentsDestroyed(cids: readonly number[], answer: (dropped: readonly number[]) => void): void {
    this.#mailbox.post(() => answer(this.#renderer.destroy(cids)));
  }

  /** Handles a broadcast; what changed is pushed. */
  info(message: unknown): void {
    this.#mailbox.post(() =>
      after(this.#start.view.handleInfo?.(this.#socket, message), () => this.#settle(this.#push)),
    );
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
    const changes = this.#socket.takeChanges();
    const diff: Diff = {};
    const componentEvents: PushedEvent[] = [];
    if (this.#renderer.isFirst || changes.size > 0) {
      const rendered = this.#renderer.render(this.#socket.assigns, changes);
      Object.assign(diff, rendered.diff);
      componentEvents.push(...rendered.events);
      if (changes.has("pageTitle")) diff[WIRE.title] = this.#socket.assigns.pageTitle ?? "";
      this.#socket.afterRender();
    }
    const { events, reply } = this.#socket.takeOutbox();
    return rendered(diff, [...componentEvents, ...events], reply);
  }

  #componentEvent(event: ClientEvent, cid: number, answer: (answer: Answer) => void): Promise<void> | void {
    const target = this.#renderer.component(cid);
    if (target === undefined) return answer({ kind: "nothing" });
    const { definition, socket } = target;
    return after(definition.handleEvent?.(socket, event), () => {
      if (this.#stopped) return;
      if (socket.redirected !== undefined) return answer({ kind: "redirect", to: socket.redirected });
      const { events, reply } = socket.takeOutbox();
      const { diff, events: more } = this.#renderer.renderComponent(cid);
      answer(rendered(diff, [...events, ...more], reply));
    });
  }

  #release(): void {
    for (const unsubscribe of this.#subscriptions) unsubscribe();
  }
}

/** What a render is answered with, or an event that changed nothing. */
function rendered(diff: Diff, events: readonly PushedEvent[], reply: Outbox["reply"]): Answer {
  if (events.length > 0) diff[WIRE.events] = events;
  if (reply !== undefined) diff[WIRE.reply] = reply;
  return isEmpty(diff) ? { kind: "nothing" } : { kind: "rendered", diff };
}

/** Goes on once a callback is done, at once where it did not wait for anything. */
function after(handled: unknown, then: () => void): Promise<void> | void {
  return handled instanceof Promise ? handled.then(then) : then();
}
