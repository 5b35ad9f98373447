import type { Document, Element } from "domhandler";
import { composeViews, ownerOf } from "../page/compose.ts";
import type { DeadRender } from "../page/dead-render.ts";
import type { Item } from "../page/item.ts";
import { type ListChange, noChange } from "../page/list-change.ts";
import type { ListReader } from "../page/list-reader.ts";
import type { LivePage } from "../page/live-page.ts";
import type { ChannelOutput } from "../protocol/channel.ts";
import type { Mentions } from "../protocol/markup-mentions.ts";
import { View } from "./view.ts";

/** What became of a page's views after one of them changed. */
export interface ViewChanges {
  /** To be joined. */
  readonly added: readonly View[];
  /** To be left, with the views within them. */
  readonly removed: readonly View[];
}

const NO_ITEMS: readonly Item[] = [];
const NO_HOSTS: ReadonlyMap<string, string> = new Map();
const NO_CHANGES: ViewChanges = { added: [], removed: [] };

/** The views of one page, and which of them has the list. */
export class PageViews {
  readonly #dead: DeadRender;
  readonly #reader: ListReader;
  /** The views that are nobody's child. */
  #roots: readonly View[] = [];
  #main: View | null = null;
  /** For sticky views: the id of the view that has rendered their container. */
  #hosts: ReadonlyMap<string, string> = NO_HOSTS;
  #lister: View | null = null;

  /** @param url of the page */
  constructor(dead: DeadRender, reader: ListReader, url: string) {
    this.#dead = dead;
    this.#reader = reader;
    for (const { hostId, ...root } of dead.roots) {
      // A sticky view is not mounted by the router, and knows no URL.
      const href = root.isSticky ? null : url;
      this.#addRoot(new View({ ...root, ...NEW_HERE, href }), hostId);
    }
  }

  get roots(): readonly View[] {
    return this.#roots;
  }

  /** The view that the router has mounted; null on a page that is not live itself. */
  get main(): View | null {
    return this.#main;
  }

  /** Whether the page is joined: its main view, or without one all that came with it but for sticky ones. */
  get isJoined(): boolean {
    const { main } = this;
    return main === null ? this.roots.every((root) => root.isJoined || root.isSticky) : main.isJoined;
  }

  /** The view that has the list; null if none has. */
  get lister(): View | null {
    return this.#lister;
  }

  get items(): readonly Item[] {
    return this.#lister?.page?.items ?? NO_ITEMS;
  }

  /** The page of the view that has the list, or else of the main one. */
  get page(): LivePage | null {
    return (this.#lister ?? this.main ?? this.roots[0])?.page ?? null;
  }

  /** All views, parents before their children. */
  all(): readonly View[] {
    return this.roots.flatMap(withDescendants);
  }

  /** Brings a view up to date with what came for it: one diff at most. Tells what that did to the list. */
  merge(view: View, outputs: readonly ChannelOutput[], mentions: Mentions): ListChange {
    for (const output of outputs) {
      if (output.kind === "joined") {
        view.mounted(this.#reader, output.rendered, mentions, this.#dead.appended);
        this.#findLister(view);
        break;
      }
      const diff = output.kind === "diff" ? output.diff : output.kind === "reply" ? output.reply.diff : null;
      if (diff === null) continue;
      const change = view.changed(diff, mentions);
      if (view === this.#lister) return change;
      if (this.#lister === null) this.#findLister(view);
      break;
    }
    return noChange(this.items);
  }

  /**
   * Compares the views within a view with what it has rendered now.
   *
   * Source: `joinNewChildren` and `onJoinComplete` in view.ts; `onNodeDiscarded` and `trackAfterPhxChildAdded` in
   * dom_patch.ts.
   */
  changesWithin(view: View): ViewChanges {
    const { nested } = view;
    if (nested.length === 0 && view.children.length === 0 && this.#hosts.size === 0) return NO_CHANGES;
    const added: View[] = [];
    const there = new Set(nested.map(({ id }) => id));
    const lost = (id: string) => !there.has(id);
    const stickies = [...this.#hosts].filter(([id, host]) => host === view.id && lost(id));
    const removed = [
      ...view.children.filter(({ id }) => lost(id)),
      ...stickies.flatMap(([id]) => this.#root(id) ?? []),
    ];
    for (const { id, parentId, isSticky, session, static: fixed } of nested) {
      const origin = { ...NEW_HERE, id, session, isSticky, isMain: false, href: null };
      const sticky = this.#root(id);
      if (isSticky && sticky !== undefined) {
        sticky.session = session || sticky.session;
        sticky.static = fixed ?? sticky.static;
      } else if (isSticky) {
        const view_ = new View({ ...origin, static: fixed });
        this.#addRoot(view_, view.id);
        added.push(view_);
      } else if (parentId === view.id && !view.children.some((child) => child.id === id)) {
        const child = new View({ ...origin, static: fixed ?? this.#deadStatic(view, id), parent: view });
        view.children = [...view.children, child];
        added.push(child);
      }
    }
    return { added, removed };
  }

  /** Takes a view off the page, with those within it. Gives them all, children first. */
  destroy(view: View): readonly View[] {
    const all = withDescendants(view).toReversed();
    for (const gone of all) {
      gone.isDestroyed = true;
      if (gone === this.#lister) this.#lister = null;
    }
    const others = (views: readonly View[]) => views.filter((other) => other !== view);
    if (view.parent !== null) view.parent.children = others(view.parent.children);
    else this.#roots = others(this.#roots);
    return all;
  }

  /** Puts a view in the place of the main one, which was destroyed. Source: `replaceMain` in live_socket.ts. */
  replaceMain(former: View, href: string, flash: string | null, referer: string): View {
    const { id, session, static: fixed } = former;
    const place = { id, session, static: fixed, isMain: true, isSticky: false };
    const main = new View({ ...place, parent: null, href, isRedirected: true, flash, referer });
    this.#addRoot(main, null);
    return main;
  }

  /** The page as one DOM, to find forms and buttons in. */
  document(): Document {
    const views = this.all().flatMap(({ id, page }) => (page === null ? [] : [{ id, page }]));
    const [only, ...others] = views;
    if (only !== undefined && others.length === 0) return only.page.document();
    return composeViews(views.map(({ id, page }) => ({ id, document: page.document() })));
  }

  /** The view that has rendered an element of {@link document}. Source: `owner` in live_socket.ts. */
  ownerOf(element: Element): View | null {
    const id = ownerOf(element);
    return this.all().find((view) => view.id === id) ?? this.main ?? this.roots[0] ?? null;
  }

  #addRoot(view: View, hostId: string | null): void {
    this.#roots = this.#roots.concat(view);
    if (view.isMain) this.#main = view;
    if (view.isSticky && hostId !== null) this.#hosts = new Map([...this.#hosts, [view.id, hostId]]);
  }

  #root(id: string): View | undefined {
    return this.#roots.find((root) => root.id === id);
  }

  /** Only what came with the page itself has a static: it is the dead render's. */
  #deadStatic({ parent, mounts, isRedirected }: View, childId: string): string | null {
    if (parent !== null || mounts > 1 || isRedirected) return null;
    return this.#dead.childStatics.get(childId) ?? null;
  }

  #findLister(changed: View): void {
    if (this.#lister === changed && changed.page?.hasList === true) return;
    if (this.#lister === changed) this.#lister = null;
    if (this.#lister !== null) return;
    changed.page?.seekList();
    this.#lister = changed.page?.hasList === true ? changed : null;
  }
}

const NEW_HERE = { parent: null, isRedirected: false, flash: null, referer: null } as const;

function withDescendants(view: View): readonly View[] {
  return [view, ...view.children.flatMap(withDescendants)];
}
