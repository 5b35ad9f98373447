import { setTimeout as sleep } from "node:timers/promises";
import { BenchError } from "../core/errors.ts";
import type { ListItem } from "../core/list-item.ts";
import type { KeptInPage, ReaderPage } from "../core/room-act.ts";
import type { Site } from "../core/site.ts";
import { type ShownMember, shownMembers } from "../crowd/shown-members.ts";
import type { DelayingLink } from "../load/delaying-link.ts";
import type { Population } from "../user/population.ts";
import { SimulatedUser } from "../user/simulated-user.ts";
import { differs, type Found } from "./judge.ts";
import type { RoomReader, Wanted } from "./room-reader.ts";

const PAUSE_MS = 10;

/** What a simulated user in rooms is given. */
export interface RoomUserOptions {
  /** Of his first page: where there is a link, by way of that. */
  readonly population: Population;
  readonly site: Site;
  /** For errors. */
  readonly name: string;
  /** How long a page may take until it is as wanted. */
  readonly patienceMs: number;
  /** For one who is to fall silent. */
  readonly link?: DelayingLink | null;
  /** Of his second page. Default: of the first. */
  readonly secondPopulation?: Population;
}

/** A simulated user in rooms: one who reads, or one who writes. */
export class RoomUser implements RoomReader {
  readonly who = "user";
  readonly #options: RoomUserOptions;
  readonly #site: Site;
  readonly #user: SimulatedUser;
  #second: SimulatedUser | null = null;
  #noted: readonly string[] = [];
  #requests = 0;
  #isSilent = false;

  constructor(options: RoomUserOptions) {
    this.#options = options;
    this.#site = options.site;
    this.#user = new SimulatedUser(options.population, { name: options.name });
  }

  async open(path: string, cookies: Readonly<Record<string, string>>): Promise<void> {
    this.#user.cookies = cookies;
    await this.#user.mount(path);
    await this.#user.connect();
  }

  async openSecond(path: string): Promise<void> {
    const { population, secondPopulation = population, name } = this.#options;
    this.#second = new SimulatedUser(secondPopulation, { name: `${name}, on his second page` });
    this.#second.cookies = this.#user.cookies;
    await this.#second.mount(path);
    await this.#second.connect();
  }

  async closeSecond(): Promise<void> {
    await this.#second?.close();
    this.#second = null;
  }

  follow(link: string): Promise<unknown> {
    return this.#user.follow(link);
  }

  async history(jump: boolean): Promise<void> {
    if ((await this.#user.loadMore({ overruns: jump })) !== null) this.#requests += 1;
  }

  async cut(): Promise<void> {
    this.#user.drop();
  }

  async fallSilent(): Promise<void> {
    this.#link.freeze();
    this.#isSilent = true;
  }

  async comeBack(): Promise<void> {
    this.#endSilence();
    await this.#user.connect();
  }

  async draft(text: string, _caret: number, page: ReaderPage = "first"): Promise<void> {
    const { form, field } = this.#site.send;
    await this.#on(page).change(form, field, text);
  }

  leaveField(): Promise<unknown> {
    const { form, field } = this.#site.send;
    return this.#user.blur(`${form} [name="${field}"]`);
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

  until(wanted: Wanted): Promise<readonly ListItem[]> {
    return this.#until(wanted, () => this.#user.items);
  }

  /** @param patienceMs how long it may take. Default: as for lists */
  untilMembers(
    wanted: Wanted<ShownMember>,
    page: ReaderPage = "first",
    patienceMs: number = this.#options.patienceMs,
  ): Promise<readonly ShownMember[]> {
    const { members } = this.#site;
    const user = this.#on(page);
    const read = () => (members && user.document ? shownMembers(user.document, members) : []);
    return this.#until(wanted, read, patienceMs);
  }

  async countRequests(): Promise<void> {
    this.#requests = 0;
  }

  /** A simulated user asks for nothing but pages of history unless he is told to. */
  async requests(): Promise<number> {
    return this.#requests;
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

  async close(): Promise<void> {
    await this.closeSecond();
    this.#endSilence();
    await this.#user.close();
  }

  #endSilence(): void {
    if (!this.#isSilent) return;
    this.#isSilent = false;
    this.#link.mend();
    // He may not have noticed yet.
    this.#user.drop();
  }

  async #until<Item>(
    wanted: Wanted<Item>,
    read: () => readonly Item[],
    patienceMs: number = this.#options.patienceMs,
  ): Promise<readonly Item[]> {
    const deadlineMs = performance.now() + patienceMs;
    for (;;) {
      const items = read();
      if (wanted(items) || performance.now() >= deadlineMs) return items;
      await sleep(PAUSE_MS);
    }
  }

  #on(page: ReaderPage): SimulatedUser {
    const user = page === "first" ? this.#user : this.#second;
    if (user !== null) return user;
    throw new RangeError("a second page is used that was not opened");
  }

  get #link(): DelayingLink {
    const { link, name } = this.#options;
    if (!link) throw new RangeError(`${name} has no link that could fall silent`);
    return link;
  }

  /** Of what there is a screen for he has nothing. */
  #read(kept: KeptInPage): readonly string[] {
    const { form, field } = this.#site.send;
    return kept === "draft" || kept === "text" ? [String(this.#user.typed(form, field))] : [];
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
