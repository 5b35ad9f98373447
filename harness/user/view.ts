import type { Document } from "domhandler";
import { type AppendedIds, NONE_APPENDED } from "../page/append-rows.ts";
import type { RootView } from "../page/dead-render.ts";
import { type ListChange, noChange } from "../page/list-change.ts";
import type { ListReader } from "../page/list-reader.ts";
import { LivePage } from "../page/live-page.ts";
import { type NestedView, type NestedViews, NO_NESTED_VIEWS, nestedViews } from "../page/nested-views.ts";
import type { Diff } from "../protocol/diff.ts";
import type { Mentions } from "../protocol/markup-mentions.ts";
import { reachableComponents } from "../protocol/reachable-components.ts";
import type { Tree } from "../protocol/rendered.ts";
import type { JoiningView, MountCounts } from "./join-params.ts";
import type { SocketChannel } from "./socket-channel.ts";

/** Where a view comes from: the page over HTTP, or what another view has rendered. */
export type ViewOrigin = Omit<RootView, "hostId"> & {
  readonly parent: View | null;
  readonly href: string | null;
  readonly isRedirected: boolean;
  readonly flash: string | null;
  readonly referer: string | null;
};

const NO_COMPONENTS: ReadonlySet<number> = new Set();
const NO_CIDS: readonly number[] = [];
const NO_VIEWS: readonly View[] = [];

/** One view of a page: who it is, what it has rendered, and the channel on which it is joined. */
export class View implements JoiningView {
  readonly id: string;
  readonly parent: View | null;
  readonly isMain: boolean;
  readonly isSticky: boolean;
  readonly isRedirected: boolean;
  session: string;
  static: string | null;
  href: string | null;
  flash: string | null;
  channel: SocketChannel | null = null;
  page: LivePage | null = null;
  /** Whether it has left the page: nothing becomes of it any more. */
  isDestroyed = false;
  /** Resolves when it and the views within it are joined. */
  ready: Promise<void> = Promise.resolve();
  /** How often it has crashed, or was refused, since it was joined last. */
  failures = 0;
  children: readonly View[] = NO_VIEWS;
  /** Whether elements have come that may push of their own accord. */
  pushesByItself = false;
  readonly #referer: string | null;
  #mounts: number;
  #attempts = 0;
  #nested: NestedViews = NO_NESTED_VIEWS;
  #mayNest = false;
  #components = NO_COMPONENTS;
  /** The tree in which the components were last looked for. */
  #searched: Tree | null = null;

  constructor(origin: ViewOrigin) {
    this.id = origin.id;
    this.parent = origin.parent;
    this.isMain = origin.isMain;
    this.isSticky = origin.isSticky;
    this.isRedirected = origin.isRedirected;
    this.session = origin.session;
    this.static = origin.static;
    this.href = origin.href;
    this.flash = origin.flash;
    this.#referer = origin.referer;
    // A child that comes with its parent's first join is mounted for the first time too.
    this.#mounts = origin.parent === null ? 0 : Math.max(origin.parent.mounts - 1, 0);
  }

  /** How often it was joined. */
  get mounts(): number {
    return this.#mounts;
  }

  get isJoined(): boolean {
    return this.channel?.isJoined === true;
  }

  /** The containers of views in what it has rendered. */
  get nested(): readonly NestedView[] {
    return this.#nested.views;
  }

  /** What it tells at its next join, which counts as one more attempt. Source: `connectParams` in view.ts. */
  nextMount(): MountCounts {
    const counts = { mounts: this.#mounts, attempts: this.#attempts, referer: this.#referer };
    this.#attempts += 1;
    return counts;
  }

  /**
   * Takes what the view has rendered at join. The elements of its streams that this does not bring again are gone, and
   * those of containers that append stay where they were.
   *
   * Source: `onJoin` in view.ts; `perform` with `isJoinPatch` in dom_patch.ts.
   *
   * @param mentions what the frame may bring
   * @param dead what stood in containers that append as the page was sent
   */
  mounted(reader: ListReader, rendered: Diff, mentions: Mentions, dead: AppendedIds): void {
    const sent = this.static !== null && !this.isRedirected ? dead : NONE_APPENDED;
    this.page = new LivePage(reader, rendered, "elsewhere", this.page?.appended ?? sent);
    this.#mounts += 1;
    this.#attempts = 0;
    this.failures = 0;
    this.flash = null;
    this.#mayNest = false;
    this.#nested = NO_NESTED_VIEWS;
    this.#lookForViews(mentions);
    this.#components = reachableComponents(this.page.tree, this.page.held);
  }

  /** Applies a diff. Source: `update` in view.ts. */
  changed(diff: Diff, mentions: Mentions): ListChange {
    if (this.page === null) return noChange([]);
    const change = this.page.apply(diff);
    if (diff.root !== null || diff.components.length > 0) this.#lookForViews(mentions);
    return change;
  }

  /**
   * Its page before a frame, where what becomes of it is to be compared with that: if elements push of their own accord,
   * and at a join, for the forms.
   */
  watched(mentions: Mentions, hasJoined: boolean): Document | null {
    this.pushesByItself ||= mentions.ownPushes;
    return this.pushesByItself || hasJoined ? (this.page?.document() ?? null) : null;
  }

  /**
   * The components that have left the page since this was asked last.
   *
   * Source: `afterElementsRemoved` in view.ts.
   */
  takeDestroyedComponents(): readonly number[] {
    if (this.page === null || (this.#components.size === 0 && this.page.tree.components.size === 0)) {
      return NO_CIDS;
    }
    // Most frames of a page with components change none of what leads to them: answers, heartbeats.
    if (this.page.tree === this.#searched) return NO_CIDS;
    this.#searched = this.page.tree;
    const former = this.#components;
    this.#components = reachableComponents(this.page.tree, this.page.held);
    return [...former].filter((cid) => !this.#components.has(cid));
  }

  /** Whether a component is on the page. */
  hasComponent(cid: number): boolean {
    return this.#components.has(cid);
  }

  /** Views are looked for where a frame has mentioned one: most have none, and pay for no more than that. */
  #lookForViews(mentions: Mentions): void {
    this.#mayNest ||= mentions.views;
    if (!this.#mayNest || this.page === null) return;
    this.#nested = nestedViews(this.page.tree, this.page.held, this.#nested);
  }
}
