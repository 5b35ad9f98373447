import type { Document, Element } from "domhandler";
import { isTag } from "domhandler";
import { commandsOf } from "../page/bindings.ts";
import { compileSelector, findAll, findFirst } from "../page/html.ts";
import type { LivePage } from "../page/live-page.ts";
import { comprehensionAt, locateList } from "../page/locate-list.ts";
import { findControls } from "./find-controls.ts";
import { type FormFacts, findEditForm, findSendForm, formsOf } from "./find-forms.ts";
import { findHistory, findList, type ListCandidate, type ListKind, listCandidates } from "./find-list.ts";
import { type Finding, found } from "./finding.ts";
import type { SiteParts } from "./site-parts.ts";

/** A list that is on the page, as a person wants to know it. */
export interface ListFacts {
  readonly selector: string | null;
  readonly kind: ListKind;
  readonly items: number;
  /** Of a stream: its name on the wire and the limit of its inserts, where they have one and it was joined. */
  readonly stream: { readonly ref: string; readonly limit: number | null } | null;
}

/** What a binding of the page is, how often it is there, and the events that it pushes. */
export interface BindingFacts {
  readonly binding: string;
  readonly count: number;
  readonly events: readonly string[];
}

/** What a page shows of itself. */
export interface Discovery {
  readonly findings: readonly Finding[];
  readonly lists: readonly ListFacts[];
  readonly forms: readonly FormFacts[];
  readonly bindings: readonly BindingFacts[];
}

/**
 * Finds on a room's page what a run needs: the list, the forms, the buttons. What the configuration says is not looked
 * for.
 *
 * @param page as it was sent, or as its views were joined
 * @param said what the configuration says already
 * @param live the view that was joined; null before
 */
export function discover(page: Document, said: SiteParts, live: LivePage | null): Discovery {
  const [candidate, listFinding] = findList(page);
  const container = said["list.container"] ?? candidate?.selector;
  const list = container === undefined ? null : findFirst(compileSelector(container), page);
  const sendFindings = findSendForm(page, list);
  const sendForm = said["send.form"] ?? foundValue(sendFindings, "send.form");
  const all = [
    verified(listFinding, candidate, live),
    ...sendFindings,
    ...findControls(list === null ? [] : list.children.filter(isTag)),
    ...findEditForm(page, sendForm),
    findHistory(page),
  ];
  return {
    findings: all.map((finding) => {
      const value = said[finding.key as keyof SiteParts];
      if (value === null)
        return { ...finding, value: null, sureness: "said", why: "the configuration says there is none" };
      return value === undefined ? finding : found(finding.key, value, "said", "the configuration says so");
    }),
    lists: listCandidates(page).map((one) => factsOf(one, live)),
    forms: formsOf(page),
    bindings: bindingsOf(page),
  };
}

/** What was found for a key; null for nothing. */
export function foundValue(findings: readonly Finding[], key: string): string | null {
  return findings.find((finding) => finding.key === key)?.value ?? null;
}

/** Of a list that was told by how it looks, whether the view renders it as one. */
function verified(finding: Finding, candidate: ListCandidate | null, live: LivePage | null): Finding {
  if (candidate === null || candidate.kind !== "assigns" || live === null) return finding;
  const search = searchOf(candidate, live);
  const why = `${finding.why}; the view renders it by ${search === null ? "no comprehension of its own" : "a comprehension"}`;
  return { ...finding, why };
}

function factsOf(candidate: ListCandidate, live: LivePage | null): ListFacts {
  const { kind, selector, items } = candidate;
  const list = live === null ? null : searchOf(candidate, live);
  const stream = list?.stream ?? null;
  return {
    selector,
    kind,
    items: items.length,
    stream: stream === null ? null : { ref: stream.ref, limit: stream.inserts[0]?.limit ?? null },
  };
}

/** The comprehension that a list's items come from; null where there is none, or more than one. */
function searchOf({ selector }: ListCandidate, live: LivePage) {
  if (selector === null) return null;
  try {
    const search = locateList(
      live.tree,
      { selector, container: compileSelector(selector) },
      { held: live.held },
    );
    return search.kind === "found" ? comprehensionAt(live.tree, search.location) : null;
  } catch {
    return null;
  }
}

function bindingsOf(page: Document): readonly BindingFacts[] {
  const byName = new Map<string, { count: number; events: Set<string> }>();
  for (const element of findAll(isTag, page)) {
    for (const [name, value] of Object.entries(element.attribs)) {
      if (!isBinding(name)) continue;
      const entry = byName.get(name) ?? { count: 0, events: new Set() };
      entry.count += 1;
      for (const event of eventsOf(name, value, element)) entry.events.add(event);
      byName.set(name, entry);
    }
  }
  return [...byName]
    .map(([binding, { count, events }]) => ({ binding, count, events: [...events].toSorted() }))
    .toSorted((a, b) => a.binding.localeCompare(b.binding, "en"));
}

/** Attributes of LiveView that bind nothing: what goes along, and how a binding behaves. */
const isBinding = (name: string): boolean =>
  name.startsWith("phx-") &&
  !/^phx-(value-.*|update|target|debounce|throttle|key|disable-with|viewport-overrun-target|track-static|loading|connected|no-.*)$/u.test(
    name,
  );

function eventsOf(name: string, value: string, element: Element): readonly string[] {
  if (name === "phx-hook") return value === "" ? [] : [value];
  if (value === "" || name === "phx-trigger-action" || name === "phx-feedback-for") return [];
  try {
    return commandsOf(value, element).flatMap((command) => (command.kind === "push" ? [command.event] : []));
  } catch {
    return [];
  }
}
