import type { Identifiers } from "../identifiers.ts";
import type { Flash } from "./flash.ts";
import type { Json } from "./json.ts";
import type { HistoryChange } from "./navigation.ts";
import type { Params } from "./params.ts";
import type { Router } from "./router.ts";
import type { PushedEvent } from "./socket.ts";
import type { ConnectParams } from "./socket-options.ts";
import type { TokenSigner } from "./token.ts";
import type { AnyView, Session } from "./view.ts";
import type { ViewProcess } from "./view-process.ts";

/** How a view was asked for. */
export interface ViewStart {
  readonly view: AnyView;
  readonly params: Params;
  readonly session: Session;
  /** The page's address, where the view is at a route. */
  readonly uri?: URL;
  readonly liveAction?: string | undefined;
  /** The DOM id of its element. */
  readonly id?: string;
  readonly flash?: Flash;
  readonly connectParams?: ConnectParams;
  /** See `Socket.pageId`. */
  readonly pageId?: string | undefined;
  /** The assigns that it takes from its parent. */
  readonly assignNew?: readonly string[];
  /** Whether it stays when the page navigates within the live session. */
  readonly sticky?: boolean;
  readonly parent?: ViewProcess | undefined;
  /** The view of the page that its children patch; undefined where it is its own. */
  readonly root?: ViewProcess | undefined;
  /** Where its addresses are looked up and its tokens are signed; without it, it neither patches nor has children. */
  readonly site?: ViewSite;
}

/** Where a view is. */
export interface ViewSite {
  readonly router: Router;
  readonly signer: TokenSigner;
  readonly identifiers: Identifiers;
  /** Null for a view that was not reached by a route. */
  readonly liveSession: string | null;
  /** Whether its page came from a route. */
  readonly routed: boolean;
  readonly rootView: string;
}

/** What a view process tells the channel that it belongs to. */
export interface ViewOutput {
  diff(diff: Json): void;
  /** The view goes elsewhere, unasked. */
  navigate(event: "redirect" | "live_redirect" | "live_patch", payload: object): void;
  /** The view has ended: it went elsewhere, or its parent is gone. */
  closed(): void;
  /** The view threw; nothing more will come. */
  crashed(error: unknown): void;
}

/** A new address of the page, as the client reads it. */
export interface LivePatch {
  readonly kind: HistoryChange;
  readonly to: string;
}

/** Where the client is sent: `flash` is signed. */
export interface Departure {
  readonly to: string;
  readonly kind?: HistoryChange;
  readonly status?: number;
  readonly flash?: string;
}

/** What a join or an event is answered with. */
export type Answer =
  /** `livePatch` in the answer to a join: later it is a message of its own. */
  | { readonly kind: "rendered"; readonly diff: Json; readonly livePatch?: LivePatch }
  /** Nothing changed. */
  | { readonly kind: "nothing" }
  /** `events`, in the answer to a join, had no page yet. */
  | {
      readonly kind: "redirect" | "live_redirect";
      readonly payload: Departure;
      readonly events?: readonly PushedEvent[];
    }
  /** The address that the client asked for is another view's, or another live session's. */
  | { readonly kind: "link_redirect" }
  /** The join is refused: the parent is gone (`stale`), or on its way elsewhere. */
  | { readonly kind: "refused"; readonly reason: "stale" | "parent_redirect" };
