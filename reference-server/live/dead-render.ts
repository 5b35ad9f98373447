import { childPlace } from "./child-container.ts";
import { type ContainerData, containerHtml, DIV } from "./container.ts";
import type { Diff } from "./diff.ts";
import { escapeHtml } from "./escape.ts";
import type { Flash } from "./flash.ts";
import { objectOf } from "./json.ts";
import { mountView } from "./mount-view.ts";
import type { Navigation } from "./navigation.ts";
import type { Params } from "./params.ts";
import { SafeHtml } from "./safe-html.ts";
import { signRootSession, signStatic } from "./session-token.ts";
import { type BaseAssigns, Socket } from "./socket.ts";
import type { LiveRenderOptions } from "./socket-options.ts";
import { toHtml } from "./to-html.ts";
import type { TokenSigner } from "./token.ts";
import type { AnyView, Session } from "./view.ts";
import { ViewRenderer } from "./view-renderer.ts";

/** The view that a page is to show. */
export interface DeadStart {
  readonly view: AnyView;
  /** What its element is called by, after `phx-`: no other page has it. */
  readonly identifier: string;
  /** What the cookie holds; the socket will read it there. */
  readonly session: Session;
  /** Added to it, and signed into the page. */
  readonly ownSession?: Session | undefined;
  readonly flash?: Flash;
  /** How the page's address names the view; left out for a view in a page that is not live itself. */
  readonly route?: {
    readonly uri: URL;
    readonly params: Params;
    readonly liveSession: string;
    readonly action?: string | undefined;
  };
}

/** What a page's view came to. */
export type DeadRender =
  | {
      readonly kind: "page";
      /** HTML. */
      readonly title: string;
      readonly html: string;
      /** Whether a view of it wants the page to carry an id. */
      readonly identified: boolean;
    }
  | { readonly kind: "redirect"; readonly to: string; readonly status: number; readonly flash: Flash };

/** Thrown through the views around one that goes elsewhere: the page goes with it. */
class ChildNavigation extends Error {
  readonly navigation: Navigation;
  readonly flash: Flash;

  constructor(navigation: Navigation, flash: Flash) {
    super(`a view within the page goes to ${JSON.stringify(navigation.to)}`);
    this.navigation = navigation;
    this.flash = flash;
  }
}

/**
 * Renders a view for the page that is sent before any socket is open: its HTML inside its element, which carries the
 * signed tokens that the socket joins with. Source: static.ex.
 *
 * @throws what the view throws.
 */
export async function deadRender(start: DeadStart, signer: TokenSigner): Promise<DeadRender> {
  const { view, route, ownSession = {} } = start;
  const id = `phx-${start.identifier}`;
  let identified = false;
  const identifyPage = () => {
    identified = true;
  };
  try {
    const socket = await mount({ ...start, ownSession, id, identifyPage }, signer);
    if (socket.navigation !== undefined) return elsewhere(socket.navigation, socket.flash);
    const session = signRootSession(signer, {
      id,
      view: view.name,
      router: route !== undefined,
      liveSession: route?.liveSession ?? null,
      session: { ...ownSession },
    });
    const main: ContainerData = route === undefined ? {} : { "data-phx-main": true };
    const html = element(view, socket, signer, { ...main, "data-phx-session": session }, {});
    return { kind: "page", title: escapeHtml(socket.assigns.pageTitle ?? ""), html, identified };
  } catch (error) {
    if (error instanceof ChildNavigation) return elsewhere(error.navigation, error.flash);
    throw error;
  }
}

interface DeadMount {
  readonly view: AnyView;
  readonly id: string;
  readonly session: Session;
  readonly ownSession: Session;
  readonly flash?: Flash;
  readonly route?: DeadStart["route"];
  /** Whether the page came from a route, if not for this view. */
  readonly router?: boolean;
  readonly inherited?: Readonly<Record<string, unknown>>;
  identifyPage(): void;
}

async function mount(start: DeadMount, signer: TokenSigner): Promise<Socket<BaseAssigns>> {
  const { view, id, route } = start;
  const socket: Socket<BaseAssigns> = new Socket<BaseAssigns>({
    connected: false,
    subscribe: () => {},
    unsubscribe: () => {},
    identifyPage: start.identifyPage,
    id,
    uri: route?.uri,
    liveAction: route?.action,
    ...(start.flash && { flash: start.flash }),
    ...(start.inherited && { inherited: start.inherited }),
    liveRender: (child, options) => nested(start, socket, child, options, signer),
  });
  const session = { ...start.session, ...start.ownSession };
  await mountView(view, socket, { params: route?.params ?? {}, session, uri: route?.uri });
  return socket;
}

/** Source: `disconnected_nested_render` in static.ex. */
async function nested(
  parent: DeadMount,
  parentSocket: Socket<BaseAssigns>,
  view: AnyView,
  options: LiveRenderOptions,
  signer: TokenSigner,
): Promise<SafeHtml> {
  const { id, session: ownSession = {}, sticky = false } = options;
  const router = parent.router ?? parent.route !== undefined;
  const { session, identifyPage } = parent;
  const inherited = parentSocket.assigns as Readonly<Record<string, unknown>>;
  const socket = await mount({ view, id, session, ownSession, router, inherited, identifyPage }, signer);
  if (socket.navigation !== undefined) throw new ChildNavigation(socket.navigation, socket.flash);
  // A child is joined with the token that its parent gives when that has joined; a sticky view has no parent.
  const token = sticky
    ? signRootSession(signer, { id, view: view.name, router, liveSession: null, session: { ...ownSession } })
    : "";
  const place = childPlace(parent.id, sticky);
  return new SafeHtml(element(view, socket, signer, { "data-phx-session": token }, place));
}

function element(
  view: AnyView,
  socket: Socket<BaseAssigns>,
  signer: TokenSigner,
  before: ContainerData,
  after: ContainerData,
): string {
  const renderer = new ViewRenderer(
    view,
    (cid) => new Socket({ connected: false, subscribe: () => {}, unsubscribe: () => {}, cid }),
  );
  const { diff } = renderer.render(socket.assigns, new Map());
  const fixed = signStatic(signer, { id: socket.id, flash: socket.flash, assignNew: [...socket.newKeys] });
  const data = { ...before, "data-phx-static": fixed, ...after };
  return containerHtml(view.container ?? DIV, socket.id, data, toHtml(JSON.parse(objectOf(diff)) as Diff));
}

function elsewhere(navigation: Navigation, flash: Flash): DeadRender {
  const status = navigation.kind === "redirect" ? navigation.status : 302;
  return { kind: "redirect", to: navigation.to, status, flash };
}
