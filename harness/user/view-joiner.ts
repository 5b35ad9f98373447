import { BenchError } from "../core/errors.ts";
import type { DeadRender } from "../page/dead-render.ts";
import { MOST_CHILD_JOINS, rejoinAfterMs } from "../protocol/backoff.ts";
import type { DownCode } from "../protocol/channel.ts";
import type { Navigation } from "../protocol/navigation.ts";
import { VIEW_TOPIC } from "../protocol/wire-keys.ts";
import type { Alarms } from "./alarms.ts";
import { JoinError } from "./join-error.ts";
import { joinPayload, type MountCounts } from "./join-params.ts";
import type { LiveSocket } from "./live-socket.ts";
import { PageLoad } from "./page-load.ts";
import type { PageViews } from "./page-views.ts";
import type { Recovery } from "./recovery.ts";
import type { View } from "./view.ts";

/** What views are joined with. */
export interface JoinerOptions {
  readonly views: PageViews;
  readonly dead: DeadRender;
  readonly recovery: Recovery;
  readonly alarms: Alarms;
  /** The socket of now. */
  socket(): LiveSocket;
  /** Told of what a view is about to tell the server of itself. */
  joining(counts: MountCounts): void;
  /** The server sends a view elsewhere, `atJoin` with the answer to its join. */
  navigate(view: View, navigation: Navigation, atJoin: boolean): void;
  /** Puts another view in the place of the main one. */
  redirectTo(href: string, flash: string | null): Promise<void>;
  /** A view is of no use any more, and it is not for the joiner to join it again. */
  fail(code: DownCode, message: string): void;
  /** The page is to be loaded anew after a while: its main view cannot be joined. */
  reload(): Promise<never>;
  /** Takes care of what nobody waits for. */
  inBackground(work: Promise<void>): void;
}

/** Joins the views of a page, each one's children after it; joins again those that crash; leaves those that go. */
export class ViewJoiner {
  readonly #options: JoinerOptions;

  constructor(options: JoinerOptions) {
    this.#options = options;
  }

  /**
   * Joins a view and the views that it brings. Rejects with a JoinError, a {@link PageLoad}, or why the socket ended.
   *
   * Source: `join`, `onJoinComplete` and `onAllChildJoinsComplete` in view.ts.
   */
  join(view: View): Promise<void> {
    view.ready = this.#joinTree(view);
    // Who waits for the views around it hears of it too.
    view.ready.catch(() => {});
    return view.ready;
  }

  /** Joins and leaves views as a view has rendered their containers, or no longer does. */
  sync(view: View, hasJoined: boolean): void {
    const { added, removed } = this.#options.views.changesWithin(view);
    for (const gone of removed) this.remove(gone);
    for (const child of added) {
      const joining = this.join(child);
      if (!hasJoined || child.parent !== view) this.#options.inBackground(joining);
    }
  }

  /** Takes a view off the page and leaves it, children first. Source: `destroy` in view.ts. */
  remove(view: View): void {
    for (const gone of this.#options.views.destroy(view)) leave(gone).catch(() => {});
  }

  /** Takes the views within a view off the page. */
  removeChildren(view: View): void {
    for (const child of view.children) this.remove(child);
  }

  /** Leaves all views, children first, but for what they have rendered. Resolves when the server has confirmed it. */
  async leaveAll(): Promise<void> {
    await Promise.all(this.#options.views.all().toReversed().map(leave));
  }

  async #joinTree(view: View): Promise<void> {
    await this.#joinAlone(view);
    await Promise.all(view.children.map(({ ready }) => ready));
  }

  async #joinAlone(view: View): Promise<void> {
    const socket = this.#options.socket();
    while (!view.isDestroyed) {
      if (socket.end !== null) throw socket.end.error;
      const counts = view.nextMount();
      this.#options.joining(counts);
      const channel = socket.channel(`${VIEW_TOPIC}${view.id}`, "view", {
        navigate: (navigation, atJoin) => this.#options.navigate(view, navigation, atJoin),
        down: (code, message) => this.#down(view, code, message),
        event: () => {},
      });
      view.channel = channel;
      try {
        await channel.join(joinPayload(view, this.#options.dead, counts));
        return;
      } catch (error) {
        if (view.isDestroyed) return;
        if (!(error instanceof JoinError)) throw error;
        await this.#refused(view, error);
      }
    }
  }

  /**
   * What is done about a join that was refused: returns when it is to be tried again, or was for another view.
   *
   * Source: `onJoinError` in view.ts.
   */
  async #refused(view: View, error: JoinError): Promise<void> {
    const { recovery, views, alarms } = this.#options;
    const { refusal } = error;
    const page = views.main?.href ?? view.href;
    // Who has come by navigation gets over HTTP what the socket does not give him.
    const follows = recovery.redirects === "follow" || (view.isRedirected && view.mounts === 0);
    if (refusal.kind === "failed") {
      if (recovery.reconnect === "none") throw error;
      if (view.isMain) return this.#options.reload();
      view.failures += 1;
      if (view.failures >= MOST_CHILD_JOINS) throw error;
      return alarms.wait(rejoinAfterMs(view.failures));
    }
    if (!follows || page === null) throw error;
    if (refusal.kind === "reload") throw new PageLoad(page, { reloadToken: refusal.token });
    if (refusal.kind === "page-request") throw new PageLoad(page, { flash: view.flash });
    const { how, to, flash } = refusal.navigation;
    const href = new URL(to, page).href;
    if (how === "redirect") throw new PageLoad(href, { flash });
    if (!view.isMain) this.remove(view);
    await this.#options.redirectTo(href, flash);
  }

  /** Source: `onError` and `onClose` in view.ts; the rejoin timer in phoenix/channel.js. */
  #down(view: View, code: DownCode, message: string): void {
    const { recovery } = this.#options;
    const isMinor = view.parent !== null || view.isSticky;
    if (recovery.reconnect === "none" || (code === "channel-closed" && !isMinor)) {
      this.#options.fail(code, message);
      return;
    }
    this.removeChildren(view);
    if (code === "channel-closed") return;
    view.failures += 1;
    if (view.failures > recovery.mostAttempts) this.#options.fail(code, message);
    else this.#options.inBackground(this.#rejoin(view));
  }

  async #rejoin(view: View): Promise<void> {
    const socket = this.#options.socket();
    await this.#options.alarms.wait(rejoinAfterMs(view.failures));
    // A socket that was opened meanwhile has joined all views.
    if (view.isDestroyed || socket !== this.#options.socket() || !socket.isOpen) return;
    await this.join(view);
  }
}

async function leave({ channel }: View): Promise<void> {
  const phase = channel?.state.phase;
  if (phase === "joined" || phase === "joining") await channel?.leave();
}

/** That a user does not find his way out of redirects. */
export function tooManyRedirects(name: string, most: number): BenchError {
  return new BenchError(`${name} was sent elsewhere more than ${most} times in a row`, {
    code: "too-many-redirects",
  });
}
