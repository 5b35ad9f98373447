import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { CaseMode } from "../../reference-server/web/stream-cases/lists.ts";
import { streamCasesPath } from "../../reference-server/web/stream-cases/stream-cases-view.ts";
import { until } from "../e2e/until.ts";
import { type ReadItem, rowsOf } from "./read-item.ts";
import type { CaseView, Step, StreamCase } from "./stream-case.ts";

/** What a page of cases shows in Chrome, and what became of it since it was looked at before. */
export interface ChromeSight {
  readonly items: readonly string[];
  readonly nested: readonly string[] | null;
  readonly told: readonly string[];
  readonly kept: readonly string[];
  readonly changes: number;
  readonly own: readonly string[];
  readonly textNodes: number;
}

const READ = `(root, name) => {
  const list = root.getElementById(name);
  return list && [...list.children].map((child) => ({
    id: child.id, text: (child.querySelector(".text") ?? child).textContent, mark: child.getAttribute("data-mark"),
  }));
}`;

/** A page of cases in Chrome, with the official client. */
export class CaseChrome {
  readonly #page: ChromePage;
  readonly #origin: string;
  #performed = new Map<CaseView, number>();

  constructor(page: ChromePage, origin: string) {
    this.#page = page;
    this.#origin = origin;
  }

  /** Opens the page of a case anew, joined with all that is in it. */
  async open(mode: CaseMode, { start, nested }: StreamCase): Promise<ChromeSight> {
    this.#performed.clear();
    await this.#page.openView(`${this.#origin}${streamCasesPath(mode, start)}`);
    if (nested !== undefined) await this.#page.waitFor("#nested.phx-connected");
    return this.#look();
  }

  /** The list in the page as it is sent first. */
  async document(): Promise<readonly string[]> {
    const items = await this.#page.evaluate(`(async () => {
      const html = await (await fetch(location.href)).text();
      return (${READ})(new DOMParser().parseFromString(html, "text/html"), "items");
    })()`);
    return rowsOf("items", items as readonly ReadItem[]);
  }

  /** Does a step, by the page's form, and waits until the page has the answer. */
  async perform(step: Step): Promise<ChromeSight> {
    if (step.client !== undefined) await this.#page.evaluate(step.client);
    if (step.press === undefined) await this.#submit(step);
    else await this.#press(step.press);
    return this.#look();
  }

  async #press(id: string): Promise<void> {
    const mark = `document.getElementById("items-${id}").dataset.mark`;
    const before = await this.#page.evaluate(`${mark} ?? null`);
    await this.#page.evaluate(`document.querySelector("#items-${id} button").click()`);
    await until(this.#page, `(${mark} ?? null) !== ${JSON.stringify(before)}`);
  }

  async #submit({ perform, view = "items", until: last }: Step): Promise<void> {
    const count = (this.#performed.get(view) ?? 0) + 1;
    this.#performed.set(view, count);
    const awaited = last === undefined ? "true" : `streamCases.wasTold(${JSON.stringify(domIdIn(last))})`;
    const performed = `document.getElementById("${view}-performed").textContent`;
    const operations = JSON.stringify(JSON.stringify(perform));
    await this.#page.evaluate(`{
      const form = document.getElementById("${view}-form");
      form.elements.operations.value = ${operations};
      form.requestSubmit();
    }`);
    await until(this.#page, `${performed} === "${count}" && ${awaited}`, performed);
  }

  async #look(): Promise<ChromeSight> {
    const sight = (await this.#page.evaluate(`({
      items: (${READ})(document, "items"),
      nested: (${READ})(document, "nested-items"),
      own: [...document.querySelectorAll("#items .own")].map((own) => ({
        id: own.parentElement.id, text: own.textContent + "/" + own.title, mark: own.getAttribute("data-mark"),
      })),
      textNodes: [...document.getElementById("items").childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).length,
      ...streamCases.take(),
    })`)) as Omit<ChromeSight, "items" | "nested" | "own"> & {
      readonly items: readonly ReadItem[];
      readonly own: readonly ReadItem[];
      readonly nested: readonly ReadItem[] | null;
    };
    return {
      ...sight,
      items: rowsOf("items", sight.items),
      own: rowsOf("items", sight.own),
      nested: sight.nested && rowsOf("nested-items", sight.nested),
      told: sight.told.map(withoutList),
      kept: sight.kept.map(withoutList),
    };
  }
}

const withoutList = (words: string): string => words.replace(/(^| )items-/u, "$1");
const domIdIn = (told: string): string => told.replace(" ", " items-");
