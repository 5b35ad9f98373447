import type { CaseMode, CaseRows, CaseStep, CaseView, StreamCase } from "../core/stream-case.ts";
import { elementById } from "../page/html.ts";
import type { Population } from "../user/population.ts";
import { SimulatedUser } from "../user/simulated-user.ts";
import { type CaseAddress, casePath } from "./case-address.ts";
import { rowsOf } from "./case-rows.ts";

const LIVEVIEW_VERSION = /"liveview_version":"([^"]+)"/u;

/** What a simulated user sees of a list after a step. */
export interface UserSight {
  readonly items: CaseRows;
  /** All values of the diff that the step was answered with, in the order of their slots; none for a page that was opened. */
  readonly sent: CaseRows;
}

/** A simulated user on a page of cases, who looks at the list of one of its views. */
export class CaseUser {
  /** Whose list he looks at: that of his population. */
  readonly view: CaseView;
  readonly #user: SimulatedUser;
  readonly #address: CaseAddress;
  #lastFrame = "[]";
  #liveViewVersion: string | undefined;

  constructor(population: Population, address: CaseAddress, view: CaseView) {
    this.view = view;
    this.#address = address;
    this.#user = new SimulatedUser(population, {
      name: `the user of #${view}`,
      onFrame: ({ text }) => {
        this.#lastFrame = text;
        this.#liveViewVersion ??= LIVEVIEW_VERSION.exec(text)?.[1];
      },
    });
  }

  /** Opens the page of a case. */
  async open(mode: CaseMode, { start }: StreamCase): Promise<UserSight> {
    await this.#user.mount(casePath(this.#address, mode, start));
    await this.#user.connect();
    return { items: this.#look(), sent: [] };
  }

  /** Does a step, by the page's form. */
  async perform({ perform, press, view = "items" }: CaseStep): Promise<UserSight> {
    if (press !== undefined) await this.#user.click("button", { item: `${view}-${press}` });
    else await this.#user.submit(`#${view}-form`, { operations: JSON.stringify(perform) });
    const [, , , , payload] = JSON.parse(this.#lastFrame) as unknown[];
    const { response } = payload as { readonly response?: { readonly diff?: unknown } };
    return { items: this.#look(), sent: leaves(response?.diff) };
  }

  /** As the server told it at the join; undefined where it did not. */
  get liveViewVersion(): string | undefined {
    return this.#liveViewVersion;
  }

  close(): Promise<void> {
    return this.#user.close();
  }

  #look(): CaseRows {
    const { items, document } = this.#user;
    return rowsOf(
      this.view,
      items.map(({ id, fields }) => ({
        id,
        text: fields.text ?? "",
        mark: (document && elementById(document, id)?.attribs["data-mark"]) ?? null,
      })),
    );
  }
}

/** The values of a diff; what is empty is one, too: it was sent. */
function leaves(diff: unknown): string[] {
  if (typeof diff !== "object" || diff === null) return diff === undefined ? [] : [String(diff)];
  const values = Object.values(diff);
  return values.length === 0 ? [JSON.stringify(diff)] : values.flatMap(leaves);
}
