import { elementById } from "../../harness/page/html.ts";
import type { Population } from "../../harness/user/population.ts";
import { SimulatedUser } from "../../harness/user/simulated-user.ts";
import type { CaseMode } from "../../reference-server/web/stream-cases/lists.ts";
import { streamCasesPath } from "../../reference-server/web/stream-cases/stream-cases-view.ts";
import { rowsOf } from "./read-item.ts";
import type { CaseView, Rows, Step, StreamCase } from "./stream-case.ts";

/** A simulated user on a page of cases, who looks at the list of one of its views. */
export class CaseUser {
  /** Whose list he looks at: that of his population. */
  readonly view: CaseView;
  readonly #user: SimulatedUser;
  #lastFrame = "";

  constructor(population: Population, view: CaseView) {
    this.view = view;
    this.#user = new SimulatedUser(population, {
      name: "user",
      onFrame: ({ text }) => {
        this.#lastFrame = text;
      },
    });
  }

  /** Opens the page of a case, and gives the items. */
  async open(mode: CaseMode, { start }: StreamCase): Promise<Rows> {
    await this.#user.mount(streamCasesPath(mode, start));
    await this.#user.connect();
    return this.#look();
  }

  /** Does a step, by the page's form, and gives the items. */
  async perform({ perform, press, view = "items" }: Step): Promise<Rows> {
    if (press !== undefined) await this.#user.click("button", { item: `${view}-${press}` });
    else await this.#user.submit(`#${view}-form`, { operations: JSON.stringify(perform) });
    return this.#look();
  }

  /** The diff of the last answer. */
  get diff(): unknown {
    const [, , , , payload] = JSON.parse(this.#lastFrame);
    return payload.response.diff;
  }

  close(): Promise<void> {
    return this.#user.close();
  }

  #look(): Rows {
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
