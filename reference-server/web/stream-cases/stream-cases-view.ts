import { z } from "zod";
import { expr, type Ref, type Refs } from "../../live/expression.ts";
import { JS } from "../../live/js.ts";
import { live } from "../../live/live-component.ts";
import type { Params } from "../../live/params.ts";
import type { LiveRoute } from "../../live/router.ts";
import type { ConditionalSlot } from "../../live/slots.ts";
import { attr, html, when } from "../../live/template.ts";
import { type AnyView, defineView, type Session, type View } from "../../live/view.ts";
import { itemElement } from "./case-elements.ts";
import type { CaseAssigns, CaseSocket } from "./case-list.ts";
import {
  type CaseItem,
  type CaseStart,
  type CaseStartInput,
  caseOperations,
  caseStart,
} from "./case-operation.ts";
import { itemComponent } from "./item-component.ts";
import { CASE_LISTS, type CaseMode } from "./lists.ts";
import { performOperation } from "./perform-operation.ts";

/** Milliseconds that an item with a transition takes to go. */
const TRANSITION_MS = 120;
const REMOVAL = String(JS.hide({ transition: "leaving", time: TRANSITION_MS }));

/** The DOM ids of the lists: of the page's view, and of the one within it. */
const MAIN_LIST = "items";
const NESTED_LIST = "nested-items";

/** What the pages offer, whatever the mode of their list: how they may begin, another assign, and what their script tells. */
export const PAGE_OFFERS = "note mounted meanwhile bystander transition ignoring components nested told";

/** What the view within another one is told. */
const nestedSession = z.object({ nested: caseStart });

/** A page per rendering mode, at `/:mode/stream-cases`; `?start=` says how it begins, as JSON. */
export function streamCaseRoutes(): readonly LiveRoute[] {
  const modes = Object.keys(CASE_LISTS) as CaseMode[];
  return modes.map((mode) => ({ path: `/${mode}/stream-cases`, view: streamCasesView(mode) }));
}

/** The address of a page that begins so. */
export function streamCasesPath(mode: CaseMode, start: CaseStartInput): string {
  return `/${mode}/stream-cases?start=${encodeURIComponent(JSON.stringify(start))}`;
}

/** A list in one rendering mode, and a form by which it is told what to do: operations as JSON, each time one render. */
function streamCasesView(mode: CaseMode): View<CaseAssigns, never> {
  const list = CASE_LISTS[mode];
  const offers = [...list.offers, PAGE_OFFERS].join(" ");

  const nestedIn = (socket: CaseSocket, items: readonly CaseItem[]) =>
    socket.liveRender(view as unknown as AnyView, { id: "nested", session: { nested: { items } } });

  function listOf(assigns: Refs<CaseAssigns>): ConditionalSlot {
    const { components, removal, ignoring } = assigns;
    return when(
      components,
      list.render(assigns, (domId, item) => html`${live(itemComponent, { id: domId, domId, item })}`),
      list.render(assigns, (domId, item) => itemElement({ domId, item, removal, ignoring })),
    );
  }

  const view: View<CaseAssigns, never> = defineView<CaseAssigns, never>({
    name: `stream-cases:${mode}`,
    async mount(socket, params, session) {
      const { name, start } = beginning(params, session);
      const { bystander, ignoring, components } = start;
      const nested = start.nested === undefined ? null : await nestedIn(socket, start.nested);
      const removal = start.transition ? REMOVAL : null;
      socket.assign({ pageTitle: "Stream cases", name, performed: 0, note: "" });
      socket.assign({ bystander, ignoring, components, nested, removal });
      list.mount(socket, (socket.connected ? start.meanwhile : undefined) ?? start.items, start.limit);
      for (const operation of start.mounted) performOperation(list, socket, operation);
    },
    handleEvent(socket, event) {
      if (event.type !== "form") return;
      const operations = caseOperations.parse(JSON.parse(event.form.get("operations") ?? ""));
      for (const operation of operations) performOperation(list, socket, operation);
      socket.assign({ performed: socket.assigns.performed + 1 });
    },
    render: (assigns) => html`<main>
      <form${attr("id", suffixed(assigns.name, "form"))} phx-submit="perform"${attr("data-offers", offers)}>
        <textarea name="operations" aria-label="Operations"></textarea><button>Perform</button>
      </form>
      <p>Performed: <output${attr("id", suffixed(assigns.name, "performed"))}>${assigns.performed}</output></p>
      <p${attr("id", suffixed(assigns.name, "note"))}>${assigns.note}</p>
      ${listOf(assigns)}
      ${when(assigns.nested, (nested) => html`${nested}`)}
      ${when(
        expr(assigns.name, (name) => name === MAIN_LIST),
        html`<script data-phx-runtime-hook="CaseItem" src="/assets/stream-cases.js"></script>`,
      )}
    </main>`,
  });
  return view;
}

const suffixed = (name: Ref<string>, suffix: string): Ref<string> => expr(name, (of) => `${of}-${suffix}`);

/** By its address, or by what the view around it says. @throws Error with status 400 where that cannot be read */
function beginning(params: Params, session: Session): { readonly name: string; readonly start: CaseStart } {
  const nested = nestedSession.safeParse(session);
  if (nested.success) return { name: NESTED_LIST, start: nested.data.nested };
  try {
    return { name: MAIN_LIST, start: caseStart.parse(JSON.parse(String(params.start ?? "{}"))) };
  } catch (cause) {
    throw Object.assign(new Error("?start= says not how a page begins", { cause }), { statusCode: 400 });
  }
}
