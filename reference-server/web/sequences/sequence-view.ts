import { z } from "zod";
import type { Refs } from "../../live/expression.ts";
import { expr } from "../../live/expression.ts";
import { live } from "../../live/live-component.ts";
import type { Params } from "../../live/params.ts";
import type { LiveRoute } from "../../live/router.ts";
import type { ConditionalSlot } from "../../live/slots.ts";
import { attr, each, html, when } from "../../live/template.ts";
import { defineView, type View } from "../../live/view.ts";
import { itemElement } from "../stream-cases/case-elements.ts";
import type { CaseAssigns } from "../stream-cases/case-list.ts";
import { caseOperations, caseStart } from "../stream-cases/case-operation.ts";
import { itemComponent } from "../stream-cases/item-component.ts";
import { CASE_LISTS, type CaseMode } from "../stream-cases/lists.ts";
import { performOperation } from "../stream-cases/perform-operation.ts";
import type { SequenceMessage, SequenceStore, SequenceStores } from "./sequence-store.ts";

/** The lists that a page can show, and the one that it shows where its address names none. */
const LISTS = ["a", "b", "c"] as const;

interface SequenceAssigns extends CaseAssigns {
  readonly id: string;
  /** The name of the list that is shown. */
  readonly list: string;
  readonly links: readonly { readonly name: string; readonly href: string }[];
}

/** The address of a page; what is unreadable in it is the client's fault. */
const pageParams = z.object({
  id: z.string().min(1).max(100),
  list: z.enum(LISTS).default(LISTS[0]),
  /** How the page begins, as JSON, the first time that it is asked for. */
  start: z
    .string()
    .default("{}")
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "start is no JSON" });
        return z.NEVER;
      }
    })
    .pipe(caseStart.pick({ items: true, limit: true, bystander: true, components: true })),
});

/** A page per rendering mode, at `/:mode/sequences/:id`, whose lists outlive it: see {@link SequenceStore}. */
export function sequenceRoutes(stores: SequenceStores): readonly LiveRoute[] {
  const modes = Object.keys(CASE_LISTS) as CaseMode[];
  return modes.map((mode) => ({ path: `/${mode}/sequences/:id`, view: sequenceView(mode, stores) }));
}

/**
 * A list in one rendering mode. It is told what to do by a form, operations as JSON, each time one render; from beside it,
 * by what is pushed to its store; and by links, each of which shows another list by a patch.
 */
function sequenceView(mode: CaseMode, stores: SequenceStores): View<SequenceAssigns, SequenceMessage> {
  const list = CASE_LISTS[mode];
  // The lists of the cases know nothing of what this page has beside.
  type CaseSocket = Parameters<typeof list.mount>[0];
  const storeOf = (id: string): SequenceStore => {
    const store = stores.find(id);
    if (store === undefined) throw new Error(`sequence ${id} is over`);
    return store;
  };

  function listOf(assigns: Refs<SequenceAssigns>): ConditionalSlot {
    const { components, removal, ignoring } = assigns;
    return when(
      components,
      list.render(assigns, (domId, item) => html`${live(itemComponent, { id: domId, domId, item })}`),
      list.render(assigns, (domId, item) => itemElement({ domId, item, removal, ignoring })),
    );
  }

  return defineView<SequenceAssigns, SequenceMessage>({
    name: `sequences:${mode}`,
    mount(socket, params) {
      const { id, list: shown, start } = read(params);
      const store = stores.begin(id, shown, start.items);
      socket.subscribe(store.topic);
      const { bystander, components } = start;
      const links = LISTS.map((name) => ({ name, href: hrefOf(mode, id, name, params) }));
      socket.assign({ pageTitle: "Sequences", name: "items", id, list: shown, links });
      socket.assign({ bystander, components, removal: null, ignoring: false, nested: null, note: "" });
      socket.assign({ performed: store.version });
      list.mount(socket as unknown as CaseSocket, store.items, start.limit);
    },
    handleParams(socket, params) {
      const { id, list: shown } = read(params);
      if (shown === socket.assigns.list) return;
      const store = storeOf(id);
      store.show(shown);
      socket.assign({ list: shown, performed: store.version });
      list.reset(socket as unknown as CaseSocket, store.items);
    },
    handleEvent(socket, event) {
      if (event.type !== "form") return;
      const operations = caseOperations.parse(JSON.parse(event.form.get("operations") ?? ""));
      const store = storeOf(socket.assigns.id);
      store.perform(operations);
      for (const operation of operations) performOperation(list, socket as unknown as CaseSocket, operation);
      socket.assign({ performed: store.version });
    },
    handleInfo(socket, { operations, version }) {
      for (const operation of operations) performOperation(list, socket as unknown as CaseSocket, operation);
      socket.assign({ performed: version });
    },
    render: (assigns) => html`<main>
      <form id="items-form" phx-submit="perform">
        <textarea name="operations" aria-label="Operations"></textarea><button>Perform</button>
      </form>
      <nav aria-label="Lists">${each(
        assigns.links,
        (link) =>
          html`<a${attr(
            "id",
            expr(link.name, (name) => `list-${name}`),
          )}${attr("href", link.href)} data-phx-link="patch" data-phx-link-state="push">${link.name}</a>`,
      )}</nav>
      <p>Performed: <output id="items-performed">${assigns.performed}</output></p>
      ${listOf(assigns)}
      <script data-phx-runtime-hook="CaseItem" src="/assets/stream-cases.js"></script>
    </main>`,
  });
}

/** @throws Error with status 400 where it cannot be read */
function read(params: Params): z.output<typeof pageParams> {
  const parsed = pageParams.safeParse(params);
  if (parsed.success) return parsed.data;
  throw Object.assign(new Error("the address says not how a sequence begins", { cause: parsed.error }), {
    statusCode: 400,
  });
}

function hrefOf(mode: CaseMode, id: string, list: string, { start }: Params): string {
  const query = new URLSearchParams({ list, ...(typeof start === "string" && { start }) });
  return `/${mode}/sequences/${encodeURIComponent(id)}?${query}`;
}
