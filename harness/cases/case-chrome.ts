import type { ChromePage } from "../browser/chrome-page.ts";
import type { CaseMode, CaseRows, CaseStep, CaseView, StreamCase } from "../core/stream-case.ts";
import { type CaseAddress, casePath } from "./case-address.ts";
import { type ReadItem, rowsOf } from "./case-rows.ts";

/** What a page of cases shows in Chrome, and what became of it since it was looked at before. */
export interface ChromeSight {
  readonly items: CaseRows;
  readonly nested: CaseRows | null;
  readonly told: CaseRows;
  readonly kept: CaseRows;
  readonly changes: number;
  readonly own: CaseRows;
  readonly textNodes: number;
}

const READ = `(root, name) => {
  const list = root.getElementById(name);
  return list && [...list.children].map((child) => ({
    id: child.id, text: (child.querySelector(".text") ?? child).textContent, mark: child.getAttribute("data-mark"),
  }));
}`;

const SIGHT = `({
  items: (${READ})(document, "items"),
  nested: (${READ})(document, "nested-items"),
  own: [...document.querySelectorAll("#items .own")].map((own) => ({
    id: own.parentElement.id, text: own.textContent + "/" + own.title, mark: own.getAttribute("data-mark"),
  })),
  textNodes: [...document.getElementById("items").childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).length,
  ...(globalThis.streamCases?.take() ?? { told: [], kept: [], changes: 0 }),
})`;

/** The longest wait for an answer, in milliseconds. */
const PATIENCE_MS = 15_000;
/** The same on a page that did not answer the last time. */
const DOUBT_MS = 1000;
const PAUSE_MS = 15;

/** A page of cases in Chrome, with the official client. Methods throw BenchError `chrome-page`, also where no answer comes. */
export class CaseChrome {
  readonly #page: ChromePage;
  readonly #address: CaseAddress;
  readonly #performed = new Map<CaseView, number>();
  #hasAnswered = true;

  constructor(page: ChromePage, address: CaseAddress) {
    this.#page = page;
    this.#address = address;
  }

  /** Opens the page of a case anew, joined with all that is in it. */
  async open(mode: CaseMode, { start, nested }: StreamCase): Promise<ChromeSight> {
    this.#performed.clear();
    await this.#page.openView(`${this.#address.origin}${casePath(this.#address, mode, start)}`);
    if (nested !== undefined) await this.#page.waitFor("#nested.phx-connected");
    return this.#look();
  }

  /** The list in the page as it is sent first. */
  async document(): Promise<CaseRows> {
    const items = await this.#page.evaluate(`(async () => {
      const html = await (await fetch(location.href)).text();
      return (${READ})(new DOMParser().parseFromString(html, "text/html"), "items");
    })()`);
    return rowsOf("items", items as readonly ReadItem[]);
  }

  /** Does a step, by the page's form, and waits until the page has the answer. */
  async perform(step: CaseStep): Promise<ChromeSight> {
    if (step.client !== undefined) await this.#page.evaluate(step.client);
    if (step.press === undefined) await this.#submit(step);
    else await this.#press(step.press);
    return this.#look();
  }

  /** How much has gone wrong on the page since it was opened, and the first of it that is newer than `seen`. */
  problem(seen: number): { readonly count: number; readonly text: string | undefined } {
    const newest = this.#page.problems()[seen];
    return { count: this.#page.problemCount(), text: newest && `${newest.kind}: ${newest.text}` };
  }

  /** The version of the official client; undefined where the page keeps that to itself. */
  async clientVersion(): Promise<string | undefined> {
    const version = await this.#page.evaluate("globalThis.liveSocket?.version?.() ?? null");
    return typeof version === "string" ? version : undefined;
  }

  async #press(id: string): Promise<void> {
    const mark = `document.getElementById("items-${id}").dataset.mark`;
    const before = await this.#page.evaluate(`${mark} ?? null`);
    await this.#page.evaluate(`document.querySelector("#items-${id} button").click()`);
    await this.#until(`(${mark} ?? null) !== ${JSON.stringify(before)}`, mark);
  }

  async #submit({ perform, view = "items", until }: CaseStep): Promise<void> {
    const count = (this.#performed.get(view) ?? 0) + 1;
    this.#performed.set(view, count);
    const awaited = until === undefined ? "true" : `streamCases.wasTold(${JSON.stringify(domIdIn(until))})`;
    const performed = `document.getElementById("${view}-performed").textContent.trim()`;
    const operations = JSON.stringify(JSON.stringify(perform));
    await this.#page.evaluate(`{
      const form = document.getElementById("${view}-form");
      form.elements.operations.value = ${operations};
      form.requestSubmit();
    }`);
    await this.#until(`${performed} === "${count}" && ${awaited}`, performed);
  }

  /** Looks again and again, by the page's clock: Chrome may not draw it. The value of `there` is told where that ends in vain. */
  async #until(condition: string, there: string): Promise<void> {
    const limitMs = this.#hasAnswered ? PATIENCE_MS : DOUBT_MS;
    this.#hasAnswered = false;
    await this.#page.evaluate(`new Promise((resolve, reject) => {
      const deadlineMs = performance.now() + ${limitMs};
      const look = () => {
        if (${condition}) resolve();
        else if (performance.now() < deadlineMs) setTimeout(look, ${PAUSE_MS});
        else reject(new Error("no answer within ${limitMs} ms: " + ${JSON.stringify(there)} + " is " + JSON.stringify(${there})));
      };
      look();
    })`);
    this.#hasAnswered = true;
  }

  async #look(): Promise<ChromeSight> {
    const sight = (await this.#page.evaluate(SIGHT)) as Omit<ChromeSight, "items" | "nested" | "own"> & {
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
