import type { Document } from "domhandler";
import { BenchError } from "../core/errors.ts";
import type { Micros } from "../core/units.ts";
import type { DeadRender } from "../page/dead-render.ts";
import type { EventPush } from "../page/event-push.ts";
import type { FilledForm } from "../page/form-recovery.ts";
import { noChange } from "../page/list-change.ts";
import { listNotFound } from "../page/list-reader.ts";
import { MOST_RELOADS, reloadAfterMs } from "../protocol/backoff.ts";
import { mentionsOf } from "../protocol/frame-decoder.ts";
import type { Navigation } from "../protocol/navigation.ts";
import { EVENT } from "../protocol/wire-keys.ts";
import { Alarms } from "./alarms.ts";
import { ApplicationChannels, type ApplicationServices } from "./application-channels.ts";
import { Connection, type ConnectionOptions } from "./connection.ts";
import { tellDestroyed } from "./destroyed-components.ts";
import type { MergedChange } from "./frame-report.ts";
import { FIRST_MOUNT, type MountCounts, socketUrlOf } from "./join-params.ts";
import type { LiveSocket } from "./live-socket.ts";
import { ownPushes } from "./own-pushes.ts";
import { PageLoad } from "./page-load.ts";
import { PageViews } from "./page-views.ts";
import type { ActionResult } from "./pending-actions.ts";
import type { Population } from "./population.ts";
import type { Recovery } from "./recovery.ts";
import type { SocketChannel } from "./socket-channel.ts";
import type { ReceivedFrame } from "./socket-owner.ts";
import type { View } from "./view.ts";
import { type JoinerOptions, tooManyRedirects, ViewJoiner } from "./view-joiner.ts";

/** Who owns a session and is told what becomes of it. */
export interface SessionOwner {
  /** For errors. */
  readonly name: string;
  readonly recovery: Recovery;
  /** The `Cookie` header for the socket. */
  cookie(): string | null;
  /** Told of each frame, after it was merged. */
  merged(received: ReceivedFrame, change: MergedChange, mergedAt: Micros): void;
  /** What the user has filled in on a page, which is told to the view that is joined in its place. */
  filledForms(page: Document): readonly FilledForm[];
  /** The user is cut off. Not called for what was asked for, nor for what makes {@link LiveSession.connect} reject. */
  down(code: string, message: string): void;
  /** Another page is to be loaded in place of this one. */
  sendTo(load: PageLoad): void;
}

/**
 * What a user does on one page, from its load over HTTP to the next: its views, its socket (or several, one after
 * the other), and the channels beside the views. It is itself what these are told of and ask for, since objects of closures
 * took more than a tenth of what a user does.
 */
export class LiveSession implements ConnectionOptions, JoinerOptions, ApplicationServices {
  readonly dead: DeadRender;
  readonly views: PageViews;
  readonly alarms: Alarms;
  /** The channels of an application's own. */
  readonly applications: ApplicationChannels;
  readonly #population: Population;
  readonly #owner: SessionOwner;
  readonly #connection: Connection;
  readonly #joiner: ViewJoiner;
  /** Where the browser is. */
  #location: string;
  /** What a view told at the last join: the URL of the next socket repeats it. */
  #lastMount: MountCounts = FIRST_MOUNT;
  #redirects = 0;
  /** The load of this page anew that is on its way. */
  #reloading: Promise<never> | null = null;

  constructor(population: Population, owner: SessionOwner, dead: DeadRender, url: string) {
    this.#population = population;
    this.#owner = owner;
    this.#location = url;
    this.views = new PageViews(dead, population.reader, url);
    this.dead = dead;
    this.alarms = new Alarms(population.after);
    this.#connection = new Connection(population, this);
    this.applications = new ApplicationChannels(this);
    this.#joiner = new ViewJoiner(this);
  }

  get name(): string {
    return this.#owner.name;
  }

  get recovery(): Recovery {
    return this.#owner.recovery;
  }

  /** The URL that the browser shows. */
  get location(): string {
    return this.#location;
  }

  /** Whether there is a socket, or will be one without being asked for it. */
  get isConnected(): boolean {
    return this.#connection.isUp;
  }

  /** Whether the page can be acted on. */
  get heartbeatSentUs(): Micros | null | undefined {
    return this.#connection.heartbeatSentUs;
  }

  get isJoined(): boolean {
    return this.#connection.isOpen && this.views.isJoined;
  }

  /**
   * Opens the socket and joins all views, one of which may have to have the list. Rejects with why that failed, or with
   * a {@link PageLoad} where the way to go on is another page.
   */
  async connect(list: "required" | "optional"): Promise<void> {
    this.#reloading = null;
    this.alarms.start();
    await this.#connection.open(() => {
      if (list === "required" && this.views.lister === null) throw listNotFound(this.#population.reader);
    });
  }

  /**
   * Puts another view in the place of the main one, on the same socket; by a page load where that cannot be.
   *
   * Source: `historyRedirect` and `replaceMain` in live_socket.ts.
   */
  async redirectTo(href: string, flash: string | null): Promise<void> {
    const { main } = this.views;
    if (main === null || !this.#connection.isOpen) throw new PageLoad(href, { flash });
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
  reload(): Promise<never> {
    this.#reloading ??= this.#reload();
    return this.#reloading;
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
      if (isLate && this.#owner.recovery.reconnect === "backoff")
        this.#connection.inBackground(this.reload());
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

  /** The connection of the page: to be cut, or left unread. */
  get connection(): Pick<Connection, "drop" | "pauseReading" | "resumeReading"> {
    return this.#connection;
  }

  /** Closes the socket, in whatever state; resolves when it is closed. */
  async close(): Promise<void> {
    this.alarms.stop();
    await this.#connection.close();
  }

  url(): string {
    return socketUrlOf(this.#population.socketUrl, this.dead, this.#lastMount);
  }

  cookie(): string | null {
    return this.#owner.cookie();
  }

  socket(): LiveSocket {
    return this.#connection.socket;
  }

  joining(counts: MountCounts): void {
    this.#lastMount = counts;
  }

  inBackground(work: Promise<void>): void {
    this.#connection.inBackground(work);
  }

  fail(code: string, message: string): void {
    this.#connection.fail(code, message);
  }

  down(code: string, message: string): void {
    this.#owner.down(code, message);
  }

  load(load: PageLoad): void {
    this.#owner.sendTo(load);
  }

  async join(): Promise<void> {
    const { roots } = this.views;
    for (const root of roots) this.#joiner.removeChildren(root);
    this.applications.joinAgain();
    try {
      await Promise.all(roots.map((root) => this.#joiner.join(root)));
    } catch (error) {
      // One view that has the page loaded anew takes the socket from the others.
      await this.#reloading;
      throw error;
    }
  }

  async #reload(): Promise<never> {
    await this.#connection.closeSocket();
    await this.alarms.wait(reloadAfterMs(this.#population.random()));
    throw new PageLoad(this.views.main?.href ?? this.#location);
  }

  navigate(view: View, { how, to, flash }: Navigation, atJoin: boolean): void {
    if (view.isDestroyed) return;
    const href = new URL(to, this.#location).href;
    if (how === "live_patch") {
      // The answer to a join moves the browser, but not the view: `applyJoinPatch` in view.ts.
      if (atJoin) this.#location = href;
      else this.patchTo(view, href);
    } else if (this.#owner.recovery.redirects === "refuse") {
      this.#connection.fail("redirected", `the server sent the user to ${to} (${how})`);
    } else if (how === "live_redirect") this.#connection.inBackground(this.redirectTo(href, flash));
    else this.#connection.inBackground(Promise.reject(new PageLoad(href, { flash })));
  }

  take(received: ReceivedFrame): Micros {
    const { channel, outputs } = received;
    const mentions = mentionsOf(received.frame);
    const view = channel === null ? null : this.#viewOf(channel);
    const hasJoined = outputs[0]?.kind === "joined";
    const treeBefore = view?.page?.tree ?? null;
    const before = view?.watched(mentions, hasJoined) ?? null;
    const change = view === null ? noChange(this.views.items) : this.views.merge(view, outputs, mentions);
    const mergedAt = this.#population.clock();
    const treeAfter = view?.page?.tree ?? null;
    if (view !== null) this.#follow(view, hasJoined);
    if (view !== null) this.#pushByItself(view, before, hasJoined);
    this.#owner.merged(received, { change, before: treeBefore, after: treeAfter }, mergedAt);
    return mergedAt;
  }

  /** What a view's change asks for beyond the page. */
  #follow(view: View, hasJoined: boolean): void {
    this.#joiner.sync(view, hasJoined);
    const destroyed = view.takeDestroyedComponents();
    if (destroyed.length > 0) this.#connection.inBackground(tellDestroyed(view, destroyed));
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
