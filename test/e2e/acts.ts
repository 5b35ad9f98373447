import type { Case, ChromeAct, UserAct } from "./side-by-side.ts";

/** A click in both, on the element with this id. */
export const clicks = (path: string, id: string, count: number): Case => [
  `a click on #${id}`,
  path,
  (page) => page.click(`#${id}`),
  (user) => user.click(`#${id}`),
  count,
];

/** Goes to a field and puts a text in at once, in place of what is there, as an input method does. */
export const fill =
  (id: string, text: string): ChromeAct =>
  async (page) => {
    await page.focus(`#${id}`);
    await page.$eval(`#${id}`, (element) => (element as unknown as { select(): void }).select());
    await page.keyboard.sendCharacter(text);
  };

/** Puts a text into a field as a script does that tells of it, where keys would be told one by one. */
export const assign =
  (id: string, text: string): ChromeAct =>
  (page) =>
    page.$eval(
      `#${id}`,
      (element, value) => {
        const field = element as unknown as { value: string; dispatchEvent(event: unknown): void };
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      },
      text,
    );

/** One after the other. */
export const inOrder =
  <Who>(...acts: readonly ((who: Who) => Promise<unknown>)[]) =>
  async (who: Who) => {
    for (const act of acts) await act(who);
  };

/** Goes to a field, or stays where it is, and presses a key. */
export const press =
  (id: string | null, key: "Escape" | "Enter" | "x"): ChromeAct =>
  async (page) => {
    if (id !== null) await page.focus(`#${id}`);
    await page.keyboard.press(key);
  };

/** The user presses a key, in a field or on the page. */
export const presses =
  (id: string | null, key: string): UserAct =>
  async (user) => {
    const selector = id === null ? null : `#${id}`;
    await Promise.all([user.keydown(selector, key), user.keyup(selector, key)]);
  };

/** The user changes a field. */
export const changes =
  (form: string, name: string, value: string | readonly string[]): UserAct =>
  (user) =>
    user.change(`#${form}`, name, value);

/** Scrolls a box to one place after the other, each another one than before. */
export const scroll =
  (selector: string, ...tops: readonly number[]): ChromeAct =>
  async (page) => {
    for (const top of tops) {
      await page.$eval(
        selector,
        (element, to) => {
          const box = element as unknown as {
            scrollTop: number;
            addEventListener(type: string, done: () => void, options: object): void;
          };
          return new Promise<void>((done) => {
            box.addEventListener("scroll", done, { once: true });
            box.scrollTop = to;
          });
        },
        top,
      );
    }
  };
