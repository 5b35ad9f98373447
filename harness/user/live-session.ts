import type { Document } from "domhandler";
import { BenchError } from "../core/errors.ts";
import type { Micros } from "../core/units.ts";
import type { DeadRender } from "../page/dead-render.ts";
import type { EventPush } from "../page/event-push.ts";
import type { FilledForm } from "../page/form-recovery.ts";
import { type ListChange, noChange } from "../page/list-change.ts";
import { listNotFound } from "../page/live-page.ts";
import { MOST_RELOADS, reconnectAfterMs, reloadAfterMs } from "../protocol/backoff.ts";
import type { Navigation } from "../protocol/navigation.ts";
import { EVENT } from "../protocol/wire-keys.ts";
import { Alarms } from "./alarms.ts";
import { ApplicationChannels } from "./application-channels.ts";
import { tellDestroyed } from "./destroyed-components.ts";
import { FIRST_MOUNT, type MountCounts, socketUrlOf } from "./join-params.ts";
import { LiveSocket, type ReceivedFrame, type SocketEnd } from "./live-socket.ts";
import { ownPushes } from "./own-pushes.ts";
import { PageLoad } from "./page-load.ts";
import { PageViews } from "./page-views.ts";
import type { ActionResult } from "./pending-actions.ts";
import type { Population } from "./population.ts";
import { isLoss, type Recovery } from "./recovery.ts";
import type { SocketChannel } from "./socket-channel.ts";
import type { View } from "./view.ts";
import { tooManyRedirects, ViewJoiner } from "./view-joiner.ts";

/** Who owns a session and is told what becomes of it. */
export interface SessionOwner {
  /** For errors. */
  readonly name: string;
  readonly recovery: Recovery;
  /** The `Cookie` header for the socket. */
  cookie(): string | null;
  /** Told of each frame, after it was merged. */
  merged(received: ReceivedFrame, change: ListChange, mergedAt: Micros): void;
  /** What the user has filled in on a page, which is told to the view that is joined in its place. */
  filledForms(page: Document): readonly FilledForm[];
  /** The user is cut off. Not called for what was asked for, nor for what makes {@link LiveSession.connect} reject. */
  down(code: string, message: string): void;
  /** Another page is to be loaded in place of this one. */
  load(load: PageLoad): void;
}

/**
 * What a user does on one page, from its load over HTTP to the next: its views, its socket (or several, one after
 * the other), and the channels beside the views.
 */
export class LiveSession {
  readonly views: PageViews;
  /** The channels of an application's own. */
  readonly applications: ApplicationChannels;
  readonly #population: Population;
  readonly #owner: SessionOwner;
  readonly #dead: DeadRender;
  readonly #joiner: ViewJoiner;
  readonly #alarms: Alarms;
  /** Where the browser is. */
  #location: string;
  #socket: LiveSocket | null = null;
  /** What a view told at the last join: the URL of the next socket repeats it. */
  #lastMount: MountCounts = FIRST_MOUNT;
  /** Whether somebody waits for the socket and the views, and hears of what goes wrong. */
  #isComingUp = false;
  #redirects = 0;

  constructor(population: Population, owner: SessionOwner, dead: DeadRender, url: string) {
    this.#population = population;
    this.#owner = owner;
    this.#dead = dead;
    this.#location = url;
    this.views = new PageViews(dead, population.reader, url);
    this.#alarms = new Alarms(population.after);
    const services = {
      recovery: owner.recovery,
      alarms: this.#alarms,
      socket: () => this.#openSocket(),
      inBackground: (work: Promise<void>) => this.inBackground(work),
    };
    this.applications = new ApplicationChannels(services);
    this.#joiner = new ViewJoiner({
      ...services,
      views: this.views,
      dead,
      joining: (counts) => {
        this.#lastMount = counts;
      },
      navigate: (view, navigation, atJoin) => this.#navigate(view, navigation, atJoin),
      down: (_view, code, message) => this.#socket?.fail(code, message),
      redirectTo: (href, flash) => this.redirectTo(href, flash),
      reload: () => this.reload(),
    });
  }

  /** The URL that the browser shows. */
  get location(): string {
    return this.#location;
  }

  /** Whether there is a socket, or will be one without being asked for it. */
  get isConnected(): boolean {
    return this.#isComingUp || this.#socket?.end === null;
  }

  /** Whether the page can be acted on. */
  get isJoined(): boolean {
    return this.#socket?.isOpen === true && this.views.isJoined;
  }

  /**
   * Opens the socket and joins all views. Rejects with why that failed, or with a {@link PageLoad} where the way to go
   * on is another page.
   *
   * @param list whether one of the views has to have the list
   */
  async connect(list: "required" | "optional"): Promise<void> {
    this.#isComingUp = true;
    try {
      await this.#comeUp();
      if (list === "required" && this.views.lister === null) throw listNotFound(this.#population.reader);
    } catch (error) {
      if (!(error instanceof BenchError) || error instanceof PageLoad) throw error;
      this.#socket?.fail(error.code, error.message, error);
      // A socket that has failed says of whom.
      throw this.#socket?.end?.error ?? error;
    } finally {
      this.#isComingUp = false;
    }
  }

  /**
   * Puts another view in the place of the main one, on the same socket; by a page load where that cannot be.
   *
   * Source: `historyRedirect` and `replaceMain` in live_socket.ts.
   */
  async redirectTo(href: string, flash: string | null): Promise<void> {
    const { main } = this.views;
    if (main === null || this.#socket?.isOpen !== true) throw new PageLoad(href, { flash });
    this.#redirects += 1;
    if (this.#redirects > MOST_RELOADS) throw tooManyRedirects(this.#owner.name, MOST_RELOADS);
    this.#joiner.remove(main);
    const next = this.views.replaceMain(main, href, flash, this.#location);
    await this.#joiner.join(next);
    if (next.isDestroyed) return;
    this.#redirects = 0;
    this.#location = href;
  }

  /** Notes that the page has another URL now. */
  patchTo(view: View, href: string): void {
    view.href = href;
    this.#location = href;
  }

  /** Loads the page anew after a while. Source: `reloadWithJitter` in live_socket.ts. */
  async reload(): Promise<never> {
    await this.#socket?.close();
    await this.#alarms.wait(reloadAfterMs(this.#population.random()));
    throw new PageLoad(this.views.main?.href ?? this.#location);
  }

  /**
   * Pushes an event to a view and waits for its answer.
   *
   * @throws BenchError with code `not-joined` where the view is not
   */
  async push(view: View | null, payload: EventPush): Promise<ActionResult> {
    if (view?.channel?.isJoined !== true) {
      throw new BenchError(`${this.#owner.name} has not joined the view of this`, { code: "not-joined" });
    }
    const { mounts } = view;
    try {
      return await view.channel.push(EVENT.event, payload, `event "${payload.event}"`);
    } catch (error) {
      // A server that does not answer a view that is there is not trusted any more: `pushWithReply` in view.ts.
      const isLate = error instanceof BenchError && error.code === "push-timeout" && view.mounts === mounts;
      if (isLate && this.#owner.recovery.reconnect === "backoff") this.inBackground(this.reload());
      throw error;
    }
  }

  /** Leaves the page for another one. Source: `unload` in live_socket.ts. */
  async unload(): Promise<void> {
    this.#joiner.leaveAll().catch(() => {});
    await this.close();
  }

  /** Leaves all views; resolves when the server has confirmed it. */
  leave(): Promise<void> {
    return this.#joiner.leaveAll();
  }

  /** Closes the socket, in whatever state; resolves when it is closed. */
  async close(): Promise<void> {
    this.#alarms.stop();
    await this.#socket?.close();
  }

  /** Takes care of what nobody waits for: what fails cuts the user off. */
  inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (!(error instanceof BenchError)) throw error;
      if (error instanceof PageLoad) this.#owner.load(error);
      // What a lost socket has ended is taken up with the next one, or was told of already.
      else if (this.#socket?.end === null) this.#socket.fail(error.code, error.message, error);
    });
  }

  #openSocket(): LiveSocket {
    if (this.#socket !== null) return this.#socket;
    throw new BenchError(`${this.#owner.name} is not connected`, { code: "not-joined" });
  }

  /** Source: `reconnectTimer` in phoenix/socket.js, which starts anew once a socket was open. */
  async #comeUp(): Promise<void> {
    const { reconnect, mostAttempts } = this.#owner.recovery;
    let tries = 0;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#open();
        return;
      } catch (error) {
        const isLost = error instanceof BenchError && isLoss(error.code);
        if (reconnect === "none" || !isLost || attempt >= mostAttempts) throw error;
        if (this.#socket?.end?.closeCode === 1000) await this.reload();
        tries = this.#socket?.wasOpen === true ? 1 : tries + 1;
        await this.#alarms.wait(reconnectAfterMs(tries));
      }
    }
  }

  async #open(): Promise<void> {
    const { roots } = this.views;
    for (const root of roots) this.#joiner.removeChildren(root);
    const { clock, decoder, wheel, timeoutUs, socketUrl, baseUrl } = this.#population;
    const owner = {
      name: this.#owner.name,
      take: (received: ReceivedFrame) => this.#take(received),
      ended: (end: SocketEnd) => this.#ended(end),
    };
    const url = socketUrlOf(socketUrl, this.#dead, this.#lastMount);
    const target = { url, origin: baseUrl, cookie: this.#owner.cookie() };
    const socket = new LiveSocket({ clock, decoder, wheel, timeoutUs }, owner, target);
    this.#socket = socket;
    await socket.opened;
    this.applications.joinAgain();
    await Promise.all(roots.map((root) => this.#joiner.join(root)));
    if (socket.end !== null) throw socket.end.error;
  }

  #ended(end: SocketEnd): void {
    if (this.#isComingUp) return;
    if (this.#owner.recovery.reconnect === "none" || !isLoss(end.code)) {
      this.#owner.down(end.code, end.message);
      return;
    }
    this.#recover(end).catch((error: unknown) => {
      if (!(error instanceof BenchError)) throw error;
      if (error instanceof PageLoad) this.#owner.load(error);
      else if (error.code !== "closed") this.#owner.down(error.code, error.message);
    });
  }

  async #recover({ closeCode }: SocketEnd): Promise<void> {
    // A server that closes the socket well wants the page to be loaded anew: `serverCloseRef` in live_socket.ts.
    if (closeCode === 1000) await this.reload();
    this.#isComingUp = true;
    try {
      await this.#alarms.wait(reconnectAfterMs(1));
      await this.#comeUp();
    } finally {
      this.#isComingUp = false;
    }
  }

  #navigate(view: View, { how, to, flash }: Navigation, atJoin: boolean): void {
    if (view.isDestroyed) return;
    const href = new URL(to, this.#location).href;
    if (how === "live_patch") {
      // The answer to a join moves the browser, but not the view: `applyJoinPatch` in view.ts.
      if (atJoin) this.#location = href;
      else this.patchTo(view, href);
    } else if (this.#owner.recovery.redirects === "refuse") {
      this.#socket?.fail("redirected", `the server sent the user to ${to} (${how})`);
    } else if (how === "live_redirect") this.inBackground(this.redirectTo(href, flash));
    else this.inBackground(Promise.reject(new PageLoad(href, { flash })));
  }

  #take(received: ReceivedFrame): Micros {
    const { channel, outputs, text } = received;
    const view = channel === null ? null : this.#viewOf(channel);
    const hasJoined = outputs[0]?.kind === "joined";
    const before = view?.watched(text, hasJoined) ?? null;
    const change = view === null ? noChange(this.views.items) : this.views.merge(view, outputs, text);
    const mergedAt = this.#population.clock();
    if (view !== null) this.#follow(view, hasJoined);
    if (view !== null) this.#pushByItself(view, before, hasJoined);
    this.#owner.merged(received, change, mergedAt);
    return mergedAt;
  }

  /** What a view's change asks for beyond the page. */
  #follow(view: View, hasJoined: boolean): void {
    this.#joiner.sync(view, hasJoined);
    const destroyed = view.takeDestroyedComponents();
    if (destroyed.length > 0) this.inBackground(tellDestroyed(view, destroyed));
  }

  /** Pushes what the page has to say of its own accord. Nobody waits for that, nor is cut off if it is lost. */
  #pushByItself(view: View, before: Document | null, hasJoined: boolean): void {
    const forms = hasJoined && before !== null ? this.#owner.filledForms(before) : [];
    if (view.page === null || !(view.pushesByItself || forms.length > 0)) return;
    for (const payload of ownPushes({ before, after: view.page.document(), hasJoined, forms })) {
      this.push(view, payload).catch((error: unknown) => {
        if (!(error instanceof BenchError)) throw error;
      });
    }
  }

  #viewOf(channel: SocketChannel): View | null {
    const { main } = this.views;
    return main?.channel === channel
      ? main
      : (this.views.all().find((view) => view.channel === channel) ?? null);
  }
}
