import type { Identifiers } from "../identifiers.ts";
import { type Flash, NO_FLASH, verifyFlash } from "./flash.ts";
import type { Destination, Router } from "./router.ts";
import { type VerifiedSession, verifySession } from "./session-token.ts";
import type { ConnectParams } from "./socket-options.ts";
import type { TokenSigner } from "./token.ts";
import type { AnyView, Session } from "./view.ts";
import type { ViewProcess } from "./view-process.ts";
import type { ViewStart } from "./view-start.ts";
import { addressOf } from "./view-travel.ts";

/** What a join is judged by. */
export interface JoinContext {
  readonly views: ReadonlyMap<string, AnyView>;
  readonly router: Router;
  readonly signer: TokenSigner;
  readonly identifiers: Identifiers;
  /** Null where the socket came without the page's CSRF token. */
  readonly session: Session | null;
  readonly pageId: string | undefined;
  /** The view of this socket that has rendered children under this name. */
  processOf(pid: string): ViewProcess | undefined;
}

/** How a join is judged. */
export type JoinVerdict =
  | {
      readonly kind: "granted";
      readonly start: ViewStart;
      /** Whether the page came here without a load, and so must be told the view's container. */
      readonly redirected: boolean;
    }
  | { readonly kind: "refused"; readonly reason: "stale" | "unauthorized"; readonly because: string };

/** A message of a client that asks for a view. */
export type JoinPayload = Readonly<Record<string, unknown>>;

/**
 * Judges a join: `stale` where the page must be fetched anew, `unauthorized` where its address must be.
 *
 * Source: `mount` and `authorize_session` in channel.ex.
 *
 * @throws Error for an address that is none: as in Phoenix, the join has crashed then.
 */
export function judgeJoin(context: JoinContext, topic: string, payload: JoinPayload): JoinVerdict {
  const verified = verifySession(context.signer, topic, payload);
  if (verified === undefined) return stale("its tokens are not of this server, of this topic, or too old");
  if (context.session === null) return stale("its socket has no session");
  const placed = place(context.router, verified, payload);
  if (placed.kind === "refused") return placed;
  const view = placed.at?.route.view ?? context.views.get(verified.view);
  if (view === undefined) return stale(`there is no view ${verified.view}`);
  const parent = verified.parent === null ? undefined : context.processOf(verified.parent);
  if (verified.parent !== null && parent === undefined) return stale("its parent is gone");
  const root = verified.root === null ? undefined : context.processOf(verified.root);
  const connectParams = recordOf(payload.params);
  const { at, redirected } = placed;
  const start: ViewStart = {
    view,
    id: verified.id,
    params: at?.params ?? {},
    session: { ...context.session, ...verified.session },
    ...(at && { uri: at.uri, liveAction: at.route.action }),
    flash: flashOf(context.signer, verified, payload.flash, connectParams, redirected),
    connectParams,
    pageId: context.pageId,
    assignNew: redirected ? [] : verified.assignNew,
    sticky: payload.sticky === true,
    parent,
    root,
    site: {
      router: context.router,
      signer: context.signer,
      identifiers: context.identifiers,
      liveSession: verified.liveSession,
      routed: verified.router,
      rootView: redirected ? view.name : verified.rootView,
    },
  };
  return { kind: "granted", start, redirected };
}

type Placed =
  | {
      readonly kind: "placed";
      readonly at?: Extract<Destination, { kind: "live" }>;
      readonly redirected: boolean;
    }
  | Extract<JoinVerdict, { kind: "refused" }>;

function place(router: Router, session: VerifiedSession, payload: JoinPayload): Placed {
  if (payload.redirect !== undefined && payload.redirect !== null) {
    const at = router.find(addressOf(payload.redirect));
    if (at?.kind !== "live") return unauthorized("it navigates to a page that is not live");
    if (at.liveSession !== session.liveSession) return unauthorized("it navigates to another live session");
    return { kind: "placed", at, redirected: true };
  }
  const isMain = session.router && session.parent === null;
  if (!isMain || payload.url === undefined || payload.url === null)
    return { kind: "placed", redirected: false };
  const at = router.find(addressOf(payload.url));
  const same =
    at?.kind === "live" && at.route.view.name === session.view && at.liveSession === session.liveSession;
  return same ? { kind: "placed", at, redirected: false } : unauthorized("its address is another view's");
}

/** Source: `verify_flash` in channel.ex. */
function flashOf(
  signer: TokenSigner,
  session: VerifiedSession,
  token: unknown,
  connectParams: ConnectParams,
  redirected: boolean,
): Flash {
  if (token !== undefined && token !== null) return verifyFlash(signer, token);
  return !redirected && connectParams._mounts === 0 ? session.flash : NO_FLASH;
}

function recordOf(value: unknown): ConnectParams {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as ConnectParams) : {};
}

const stale = (because: string): JoinVerdict => ({ kind: "refused", reason: "stale", because });
const unauthorized = (because: string): Extract<JoinVerdict, { kind: "refused" }> => ({
  kind: "refused",
  reason: "unauthorized",
  because,
});
