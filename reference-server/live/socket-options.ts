import type { Flash } from "./flash.ts";
import type { ComponentUpdate } from "./live-component.ts";
import type { SafeHtml } from "./safe-html.ts";
import type { AnyView, Session } from "./view.ts";

/** How a view is put into another one's template, or into a page. */
export interface LiveRenderOptions {
  /** The DOM id of its element, and so its topic: must be unique on the page. */
  readonly id: string;
  /** Added to the cookie's session; signed into the page. */
  readonly session?: Session;
  /** Whether it outlives its parent when the page navigates within a live session. */
  readonly sticky?: boolean;
}

/** What a socket is made with. */
export interface SocketOptions {
  readonly connected: boolean;
  subscribe(topic: string): void;
  unsubscribe(topic: string): void;
  /** Gives a live component something else, after the callback that runs. Default: without effect, as nothing comes after it. */
  sendUpdate?(update: ComponentUpdate): void;
  /** Gives the view something to handle, after the callback that runs. Default: without effect, as nothing comes after it. */
  tellView?(message: unknown): void;
  /** Runs something once the diff of the next render was sent. Default: it never runs, as there are no diffs. */
  afterDiff?(callback: () => void): void;
  /** Has the page that is sent first carry a signed id. Default: without effect. */
  identifyPage?(): void;
  /** See `Socket.pageId`. */
  readonly pageId?: string | undefined;
  /** Of a live component: its number, which its streams are told apart by. */
  readonly cid?: number;
  /** The DOM id of the view's element. */
  readonly id?: string;
  /** The page's address, where the view is at a route. */
  readonly uri?: URL | undefined;
  readonly connectParams?: ConnectParams;
  readonly flash?: Flash;
  readonly liveAction?: string | undefined;
  /** What `assignNew` takes before it computes: the assigns of the parent. */
  readonly inherited?: Readonly<Record<string, unknown>>;
  liveRender?(view: AnyView, options: LiveRenderOptions): Promise<SafeHtml>;
}

/** What the client gave when it joined: `_csrf_token`, `_mounts`, `_track_static` and what its page adds. */
export type ConnectParams = Readonly<Record<string, unknown>>;
