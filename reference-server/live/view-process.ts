import { randomBytes } from "node:crypto";
import type { PubSub } from "../pubsub/pubsub.ts";
import { childContainer } from "./child-container.ts";
import { type Diff, isEmpty } from "./diff.ts";
import { type Flash, NO_FLASH } from "./flash.ts";
import { Mailbox } from "./mailbox.ts";
import type { Navigation } from "./navigation.ts";
import type { SafeHtml } from "./safe-html.ts";
import { type BaseAssigns, type Outbox, type PushedEvent, Socket } from "./socket.ts";
import type { LiveRenderOptions } from "./socket-options.ts";
import type { AnyView, ClientEvent } from "./view.ts";
import { type Adoption, type Ending, ViewFamily } from "./view-family.ts";
import { type ComponentSocket, ViewRenderer } from "./view-renderer.ts";
import type { Answer, LivePatch, ViewOutput, ViewStart } from "./view-start.ts";
import { addressOf, departure, destinationOf, type OwnDestination } from "./view-travel.ts";
import { WIRE } from "./wire-keys.ts";

/** A view that patches its address this often in one go does so for ever. Source: `check_patch_redirect_limit!`. */
const MOST_PATCHES = 20;

type Respond = (answer: Answer) => void;

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
  readonly #family = new ViewFamily();
  readonly #subscriptions: (() => void)[] = [];
  #inherited: Readonly<Record<string, unknown>> = {};
  #pid: string | undefined;
  #mounted = false;
  #stopped = false;

  constructor(start: ViewStart, pubsub: PubSub, output: ViewOutput) {
    this.#start = start;
    this.#output = output;
    this.#mailbox = new Mailbox((error) => this.#crashed(error));
    const inherited = () => this.#inherited;
    const subscribe = (topic: string) => {
      if (this.#stopped) return;
      this.#subscriptions.push(pubsub.subscribe(topic, (message) => this.info(message)));
    };
    this.#socket = new Socket({
      connected: true,
      uri: start.uri,
      liveAction: start.liveAction,
      ...(start.id !== undefined && { id: start.id }),
      ...(start.flash && { flash: start.flash }),
      ...(start.connectParams && { connectParams: start.connectParams }),
      get inherited() {
        return inherited();
      },
      liveRender: async (view, options) => this.#child(view, options),
      subscribe,
    });
    this.#renderer = new ViewRenderer(
      start.view.template,
      (cid) => new Socket({ connected: true, uri: start.uri, subscribe, cid }),
    );
  }

  /** What its children are signed with, so that they find it when they join. */
  get pid(): string {
    this.#pid ??= randomBytes(12).toString("base64url");
    return this.#pid;
  }

  /** Whether it has rendered a child under this name. */
  isKnownAs(pid: string): boolean {
    return this.#pid === pid;
  }

  /** Mounts the view and renders it in full. */
  join(answer: Respond): void {
    this.#mailbox.post(async () => {
      const { view, params, session, uri, parent, assignNew = [] } = this.#start;
      if (parent !== undefined && !this.#inherit(await parent.adopt(this, assignNew), answer)) return;
      await view.mount(this.#socket, params, session);
      this.#mounted = true;
      const { navigation } = this.#socket;
      if (navigation?.kind === "live_patch") throw new Error("a view cannot patch its address in mount");
      if (view.handleParams !== undefined && navigation === undefined) {
        if (uri === undefined)
          throw new Error(`handleParams of ${view.name} has no params: it is at no route`);
        await view.handleParams(this.#socket, params, uri);
      }
      return this.#settle(answer, true);
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
      if (event.name.startsWith("lv:")) this.#ownEvent(event);
      else {
        const handled = this.#start.view.handleEvent?.(this.#socket, event);
        if (handled instanceof Promise) return handled.then(() => this.#settle(answer));
      }
      return this.#settle(answer);
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
      await this.#handleParams(destination, NO_FLASH);
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

  /** Ends the view with its parent. */
  parentExited(): void {
    this.#end("left");
    this.#output.closed();
  }

  /** Takes the view down: the client left, or its connection is gone. */
  stop(): void {
    this.#end("left");
  }

  readonly #push = (answer: Answer): void => {
    switch (answer.kind) {
      case "rendered":
        return this.#output.diff(answer.diff);
      case "redirect":
      case "live_redirect":
        return this.#output.navigate(answer.kind, answer.payload);
      case "nothing":
      case "link_redirect":
      case "refused":
        return;
      default:
        return answer satisfies never;
    }
  };

  /** Renders after a callback; a view that was stopped while its callback waited has nobody to tell. */
  #settle(answer: Respond, mounting = false): void | Promise<void> {
    if (this.#stopped) return;
    if (this.#socket.navigation !== undefined) return this.#travel(answer, mounting);
    answer(this.#answer());
  }

  /** Source: `handle_redirect` in channel.ex. */
  async #travel(answer: Respond, mounting: boolean): Promise<void> {
    let patched: LivePatch | undefined;
    let { navigation } = this.#socket;
    for (let hops = 0; navigation?.kind === "live_patch"; hops++) {
      const flash = mounting ? this.#socket.flash : this.#socket.changedFlash;
      if (this.#start.root !== undefined) {
        this.#start.root.#sentBy(navigation, flash);
        this.#socket.arrive();
      } else {
        if (hops === MOST_PATCHES)
          throw new Error("too many patches of the address: handleParams never rests");
        const { view, site } = this.#start;
        const destination = destinationOf(view, site, new URL(navigation.to, this.#socket.uri));
        if (destination === "elsewhere")
          throw new Error("pushPatch leads to a page that is not of this view");
        patched = { kind: navigation.history, to: navigation.to };
        await this.#handleParams(destination, flash);
        if (this.#stopped) return;
      }
      navigation = this.#socket.navigation;
    }
    if (navigation !== undefined) return this.#leave(navigation, answer, mounting);
    if (patched !== undefined && !mounting) this.#output.navigate("live_patch", patched);
    const rendered = this.#answer();
    if (mounting && patched !== undefined && rendered.kind === "rendered") {
      return answer({ ...rendered, livePatch: patched });
    }
    answer(rendered);
  }

  #leave(to: Exclude<Navigation, { kind: "live_patch" }>, answer: Respond, mounting: boolean): void {
    const flash = mounting ? this.#socket.flash : this.#socket.changedFlash;
    const events = this.#socket.takeEvents();
    const payload = departure(to, flash, this.#start.site, mounting);
    if (!mounting && events.length > 0) this.#output.diff({ [WIRE.events]: events });
    answer({ kind: to.kind, payload, ...(mounting && { events }) });
    if (to.kind === "live_redirect" && this.#start.sticky === true && !mounting) return this.#socket.arrive();
    this.#end("went elsewhere");
    if (!mounting) this.#output.closed();
  }

  /** A child of this page has asked for another address of it. */
  #sentBy(navigation: Navigation, flash: Flash): void {
    this.#mailbox.post(() => {
      this.#socket.depart(navigation);
      for (const [kind, message] of Object.entries(flash)) this.#socket.putFlash(kind, message);
      return this.#settle(this.#push);
    });
  }

  async #handleParams({ uri, params, route }: OwnDestination, flash: Flash): Promise<void> {
    const { view } = this.#start;
    if (view.handleParams === undefined) throw new Error(`${view.name} has no handleParams`);
    this.#socket.arrive({ uri, liveAction: route.action, flash });
    await view.handleParams(this.#socket, params, uri);
  }

  /** Source: `view_handle_event` in channel.ex. */
  #ownEvent(event: ClientEvent): void {
    if (event.name !== "lv:clear-flash")
      throw new Error("an event of LiveView's own that is none of this version's");
    const key = event.type === "other" ? event.value.key : undefined;
    if (typeof key === "string") this.#socket.clearFlash(key);
    else this.#socket.clearFlash();
  }

  #inherit(adoption: Adoption, answer: Respond): boolean {
    if (this.#stopped) return false;
    switch (adoption.kind) {
      case "adopted":
        this.#inherited = adoption.assigns;
        return true;
      case "orphaned":
        answer({ kind: "refused", reason: "stale" });
        return false;
      case "abandoned":
        if (adoption.ending !== "went elsewhere") throw new Error("the parent ended while its child joined");
        answer({ kind: "refused", reason: "parent_redirect" });
        return false;
      default:
        return adoption satisfies never;
    }
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
    const handled = definition.handleEvent?.(socket, event);
    const settle = () => this.#settleComponent(cid, socket, answer);
    return handled instanceof Promise ? handled.then(settle) : settle();
  }

  #settleComponent(cid: number, socket: ComponentSocket, answer: Respond): void | Promise<void> {
    if (this.#stopped) return;
    const { navigation, changedFlash } = socket;
    if (navigation !== undefined) {
      socket.arrive();
      this.#socket.depart(navigation);
      for (const [kind, message] of Object.entries(changedFlash)) this.#socket.putFlash(kind, message);
      return this.#travel(answer, false);
    }
    const outbox = socket.takeOutbox();
    const { diff, events } = this.#renderer.renderComponent(cid);
    answer(answerOf(diff, [...outbox.events, ...events], outbox.reply));
  }

  #answer(): Answer {
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
    return answerOf(diff, [...componentEvents, ...events], reply);
  }

  #crashed(error: unknown): void {
    if (this.#stopped) return;
    this.#output.crashed(error);
    this.#end("crashed");
  }

  #end(ending: Ending): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#mailbox.close();
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#start.parent?.disown(this);
    this.#family.end(ending);
    if (ending === "crashed" && !this.#mounted) return;
    try {
      this.#start.view.terminate?.(this.#socket);
    } catch (error) {
      if (ending !== "crashed") this.#output.crashed(error);
    }
  }
}

/** What was rendered and pushed, or that there is nothing to send. */
function answerOf(diff: Diff, events: readonly PushedEvent[], reply: Outbox["reply"]): Answer {
  if (events.length > 0) diff[WIRE.events] = events;
  if (reply !== undefined) diff[WIRE.reply] = reply;
  return isEmpty(diff) ? { kind: "nothing" } : { kind: "rendered", diff };
}
