import { RANDOM_IDENTIFIERS } from "../identifiers.ts";
import type { PubSub } from "../pubsub/pubsub.ts";
import { childContainer } from "./child-container.ts";
import { type Flash, NO_FLASH } from "./flash.ts";
import type { ComponentUpdate } from "./live-component.ts";
import { Mailbox } from "./mailbox.ts";
import { mountView } from "./mount-view.ts";
import type { Navigation } from "./navigation.ts";
import { handleOwnEvent, isOwnEvent } from "./own-event.ts";
import type { SafeHtml } from "./safe-html.ts";
import { type BaseAssigns, Socket } from "./socket.ts";
import type { LiveRenderOptions } from "./socket-options.ts";
import { Subscriptions } from "./subscriptions.ts";
import type { AnyView, ClientEvent } from "./view.ts";
import { type Adoption, type Ending, inheritance, ViewFamily } from "./view-family.ts";
import { ViewRenderer } from "./view-renderer.ts";
import { type Respond, ViewResponder } from "./view-responder.ts";
import type { ViewOutput, ViewStart } from "./view-start.ts";
import { addressOf, destinationOf, handleParamsAt } from "./view-travel.ts";

const PID_BYTES = 12;
const NOTHING: readonly (() => void)[] = [];

/**
 * One mounted view: its state, what its client has been sent, and a mailbox in which events and broadcasts wait
 * their turn.
 */
export class ViewProcess {
  readonly #start: ViewStart;
  readonly #output: ViewOutput;
  readonly #mailbox: Mailbox;
  readonly #socket: Socket<BaseAssigns>;
  readonly #renderer: ViewRenderer;
  readonly #responder: ViewResponder;
  readonly #family = new ViewFamily();
  readonly #subscriptions: Subscriptions;
  readonly #afterDiff: (() => void)[] = [];
  #inherited: Readonly<Record<string, unknown>> = {};
  #pid: string | undefined;
  #joining = false;
  #mounted = false;
  #stopped = false;

  constructor(start: ViewStart, pubsub: PubSub, output: ViewOutput) {
    this.#start = start;
    this.#output = output;
    this.#mailbox = new Mailbox((error) => this.#crashed(error));
    const inherited = () => this.#inherited;
    this.#subscriptions = new Subscriptions(pubsub, (take) => this.#info(take));
    const subscribe = (topic: string) => this.#subscriptions.add(topic);
    const unsubscribe = (topic: string) => this.#subscriptions.remove(topic);
    const sendUpdate = (update: ComponentUpdate) => this.#mailbox.post(() => this.#responder.update(update));
    const afterDiff = (callback: () => void) => void this.#afterDiff.push(callback);
    const tellView = (message: unknown) => this.info(message);
    const { uri, pageId } = start;
    const common = { connected: true, uri, pageId, subscribe, unsubscribe, sendUpdate, afterDiff, tellView };
    this.#socket = new Socket({
      ...common,
      liveAction: start.liveAction,
      ...(start.id !== undefined && { id: start.id }),
      ...(start.flash && { flash: start.flash }),
      ...(start.connectParams && { connectParams: start.connectParams }),
      get inherited() {
        return inherited();
      },
      liveRender: async (view, options) => this.#child(view, options),
    });
    this.#renderer = new ViewRenderer(start.view, (cid) => new Socket({ ...common, cid }));
    this.#responder = new ViewResponder(start, output, this.#socket, this.#renderer, {
      isStopped: () => this.#stopped,
      takeAfterDiff: () => (this.#afterDiff.length === 0 ? NOTHING : this.#afterDiff.splice(0)),
      wentElsewhere: () => this.#end("went elsewhere"),
    });
  }

  /** What its children are signed with, so that they find it when they join. */
  get pid(): string {
    this.#pid ??= (this.#start.site?.identifiers ?? RANDOM_IDENTIFIERS).draw(PID_BYTES, this.#socket.id);
    return this.#pid;
  }

  /** Whether it has rendered a child under this name. */
  isKnownAs(pid: string): boolean {
    return this.#pid === pid;
  }

  /** Mounts the view and renders it in full. */
  join(answer: Respond): void {
    this.#joining = true;
    const joined: Respond = (given) => {
      this.#joining = false;
      answer(given);
    };
    this.#mailbox.post(async () => {
      const { view, params, session, uri, parent, assignNew = [] } = this.#start;
      if (parent !== undefined) {
        const inherited = inheritance(await parent.adopt(this, assignNew));
        if (this.#stopped) return;
        if (inherited.kind === "refused") return joined(inherited);
        this.#inherited = inherited.assigns;
      }
      await mountView(view, this.#socket, { params, session, uri });
      this.#mounted = true;
      return this.#responder.settle(joined, true);
    });
  }

  /**
   * Handles an event of the page.
   *
   * @param cid the live component that it is for; null: the view. One that is gone has nothing to say.
   */
  event(event: ClientEvent, cid: number | null, answer: Respond): void {
    this.#mailbox.post(() => {
      if (cid !== null) return this.#componentEvent(event, cid, answer);
      if (isOwnEvent(event)) handleOwnEvent(this.#socket, event);
      else {
        const handled = this.#start.view.handleEvent?.(this.#socket, event);
        if (handled instanceof Promise) return handled.then(() => this.#responder.settle(answer));
      }
      return this.#responder.settle(answer);
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

  /** Handles another address, at which the reader clicked; the view crashes where there is none. */
  patch(url: unknown, answer: Respond): void {
    this.#mailbox.post(async () => {
      const { view, site } = this.#start;
      const destination = destinationOf(view, site, addressOf(url));
      if (destination === "elsewhere") return answer({ kind: "link_redirect" });
      await handleParamsAt(view, this.#socket, destination, NO_FLASH);
      return this.#responder.settle(answer);
    });
  }

  /** Handles a broadcast; what changed is pushed. */
  info(message: unknown): void {
    this.#info(() => message);
  }

  #info(take: () => unknown): void {
    this.#mailbox.post(() => {
      const { view } = this.#start;
      const message = take();
      const push = view.repeats?.(message) ? this.#responder.pushTwice : this.#responder.push;
      const handled = view.handleInfo?.(this.#socket, message);
      if (handled instanceof Promise) return handled.then(() => this.#responder.settle(push));
      return this.#responder.settle(push);
    });
  }

  /** Goes where a child has sent its page. */
  sentBy(navigation: Navigation, flash: Flash): void {
    this.#mailbox.post(() => {
      this.#socket.depart(navigation);
      for (const [kind, message] of Object.entries(flash)) this.#socket.putFlash(kind, message);
      return this.#responder.settle(this.#responder.push);
    });
  }

  /** Crashes in its turn, as a BEAM process does at a message that fits no clause. */
  fail(what: string): void {
    this.#mailbox.post(() => {
      throw new Error(what);
    });
  }

  /** Gives a child what it inherits, in turn. */
  adopt(child: ViewProcess, assignNew: readonly string[]): Promise<Adoption> {
    const assigns = () => {
      const own = Object.entries(this.#socket.assigns).filter(([name]) => assignNew.includes(name));
      return Object.fromEntries(own);
    };
    return this.#family.adopt(child, (task) => this.#mailbox.post(task), assigns);
  }

  /** A child has ended. */
  disown(child: ViewProcess): void {
    this.#family.disown(child);
  }

  /** Ends the view with its parent; one that is being joined answers first. */
  parentExited(): void {
    const exit = () => {
      this.#end("left");
      this.#output.closed();
    };
    if (this.#joining) this.#mailbox.post(exit);
    else exit();
  }

  /** Takes the view down: the client left, or its connection is gone. */
  stop(): void {
    this.#end("left");
  }

  #child(view: AnyView, options: LiveRenderOptions): SafeHtml {
    const { site, root } = this.#start;
    if (site === undefined) throw new Error("this view cannot have children: it was started without a site");
    const parent = { id: this.#socket.id, pid: this.pid, rootPid: (root ?? this).pid };
    return childContainer(site, parent, view, options);
  }

  /** Source: `component_handle` in channel.ex. */
  #componentEvent(event: ClientEvent, cid: number, answer: Respond): Promise<void> | void {
    const target = this.#renderer.component(cid);
    if (target === undefined) return answer({ kind: "nothing" });
    const { definition, socket } = target;
    const settle = () => this.#responder.settleComponent(cid, socket, answer);
    if (isOwnEvent(event)) {
      handleOwnEvent(socket, event);
      return settle();
    }
    const handled = definition.handleEvent?.(socket, event);
    return handled instanceof Promise ? handled.then(settle) : settle();
  }

  #crashed(error: unknown): void {
    if (this.#stopped) return;
    this.#output.crashed(error);
    this.#end("crashed");
  }

  #end(ending: Ending): void {
    if (this.#stopped) return;
    this.#stopped = true;
    // A callback that is under way finishes first, as in a process: `terminate` sees what it did.
    this.#mailbox.close(() => this.#terminate(ending));
    this.#subscriptions.end();
    this.#start.parent?.disown(this);
    this.#family.end(ending);
  }

  #terminate(ending: Ending): void {
    if (ending === "crashed" && !this.#mounted) return;
    try {
      this.#start.view.terminate?.(this.#socket);
    } catch (error) {
      if (ending !== "crashed") this.#output.crashed(error);
    }
  }
}
