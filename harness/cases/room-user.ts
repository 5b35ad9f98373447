import { setTimeout as sleep } from "node:timers/promises";
import { BenchError } from "../core/errors.ts";
import type { ListItem } from "../core/list-item.ts";
import type { KeptInPage } from "../core/room-act.ts";
import type { Site } from "../core/site.ts";
import type { Population } from "../user/population.ts";
import { SimulatedUser } from "../user/simulated-user.ts";
import { differs, type Found } from "./judge.ts";
import type { RoomReader, Wanted } from "./room-reader.ts";

const PAUSE_MS = 10;

/** A simulated user in rooms: one who reads, or one who writes. */
export class RoomUser implements RoomReader {
  readonly who = "user";
  readonly #site: Site;
  readonly #user: SimulatedUser;
  readonly #patienceMs: number;
  #noted: readonly string[] = [];

  /** @param patienceMs how long a list may take until it is as wanted */
  constructor(population: Population, site: Site, name: string, patienceMs: number) {
    this.#site = site;
    this.#patienceMs = patienceMs;
    this.#user = new SimulatedUser(population, { name });
  }

  async open(url: string, cookies: Readonly<Record<string, string>>): Promise<void> {
    this.#user.cookies = cookies;
    const { pathname, search } = new URL(url);
    await this.#user.mount(`${pathname}${search}`);
    await this.#user.connect();
  }

  follow(link: string): Promise<unknown> {
    return this.#user.follow(link);
  }

  async history(jump: boolean): Promise<void> {
    await this.#user.loadMore({ overruns: jump });
  }

  async cut(): Promise<void> {
    this.#user.drop();
  }

  comeBack(): Promise<void> {
    return this.#user.connect();
  }

  async draft(text: string): Promise<void> {
    const { form, field } = this.#site.send;
    await this.#user.change(form, field, text);
  }

  async scrollUp(): Promise<void> {}

  async note(kept: KeptInPage): Promise<void> {
    this.#noted = this.#read(kept);
  }

  async lost(kept: KeptInPage): Promise<Found | null> {
    return differs("the draft", this.#noted, this.#read(kept));
  }

  problems(): readonly string[] {
    return [];
  }

  async until(wanted: Wanted): Promise<readonly ListItem[]> {
    const deadlineMs = performance.now() + this.#patienceMs;
    while (!wanted(this.#user.items) && performance.now() < deadlineMs) await sleep(PAUSE_MS);
    return this.#user.items;
  }

  /** Sends a message. */
  async send(text: string): Promise<void> {
    const { form, field } = this.#site.send;
    await this.#user.submit(form, { [field]: text });
    await this.until((items) => items.at(-1)?.fields.content === text);
  }

  /** Changes his newest message with this text. */
  async edit(text: string, to: string): Promise<void> {
    const { edit } = this.#site;
    if (edit === null) throw new RangeError("the site has no messages that can be changed");
    await this.#user.click(edit.button, { item: this.#idOf(text) });
    await this.#user.submit(edit.form, { [edit.field]: to });
  }

  /** Deletes it. */
  async remove(text: string): Promise<void> {
    if (this.#site.delete === null) throw new RangeError("the site has no messages that can be deleted");
    await this.#user.click(this.#site.delete.button, { item: this.#idOf(text) });
  }

  close(): Promise<void> {
    return this.#user.close();
  }

  /** Of what there is a screen for he has nothing. */
  #read(kept: KeptInPage): readonly string[] {
    const { form, field } = this.#site.send;
    return kept === "draft" ? [String(this.#user.typed(form, field))] : [];
  }

  #idOf(text: string): string {
    const item = this.#user.items.findLast(({ fields }) => fields.content === text);
    if (item === undefined) {
      throw new BenchError(`the writer does not see his own ${JSON.stringify(text)}`, {
        code: "not-on-page",
      });
    }
    return item.id;
  }
}
