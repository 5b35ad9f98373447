import { textContent } from "domutils";
import { childElements, compileSelector, elementById, findFirst } from "../../harness/page/html.ts";
import type { Population } from "../../harness/user/population.ts";
import { SimulatedUser } from "../../harness/user/simulated-user.ts";
import type { ModeName } from "../../reference-server/web/room/modes.ts";
import { streamCasesPath } from "../../reference-server/web/stream-cases/stream-cases-view.ts";
import { rowsOf } from "./read-item.ts";
import type { Step, StreamCase } from "./stream-case.ts";

/** What a simulated user sees on a page of cases: items alone. */
export interface UserSight {
  readonly items: readonly string[];
  readonly nested: readonly string[] | null;
}

const TEXT = compileSelector(".text");

/** A simulated user on a page of cases. */
export class CaseUser {
  readonly #user: SimulatedUser;
  #lastFrame = "";

  constructor(population: Population) {
    this.#user = new SimulatedUser(population, {
      name: "user",
      onFrame: ({ text }) => {
        this.#lastFrame = text;
      },
    });
  }

  /** Opens the page of a case. */
  async open(mode: ModeName, { start }: StreamCase): Promise<UserSight> {
    await this.#user.mount(streamCasesPath(mode, start));
    await this.#user.connect();
    return this.#look();
  }

  /** Does a step, by the page's form. */
  async perform({ perform, view = "items" }: Step): Promise<UserSight> {
    await this.#user.submit(`#${view}-form`, { operations: JSON.stringify(perform) });
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

  #look(): UserSight {
    const { items, document } = this.#user;
    const read = (id: string, text: string) => ({
      id,
      text,
      mark: (document && elementById(document, id)?.attribs["data-mark"]) ?? null,
    });
    const nested = document && elementById(document, "nested-items");
    return {
      items: rowsOf(
        "items",
        items.map(({ id, fields }) => read(id, fields.text ?? "")),
      ),
      nested:
        nested &&
        rowsOf(
          "nested-items",
          childElements(nested).map((child) => {
            const part = findFirst(TEXT, child);
            return read(child.attribs.id ?? "", part === null ? "" : textContent(part));
          }),
        ),
    };
  }
}
