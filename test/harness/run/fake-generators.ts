import type { GeneratorListener, Generators } from "../../../harness/run/generators.ts";

/** What each process answers to a call of a name, by its number; nothing where it has died. */
export type Answers = Readonly<Record<string, (part: number, argument: unknown) => unknown>>;

/** Generator processes that are none: they note what they are asked, as `join 10`, and answer as they are told. */
export function fakeGenerators(count: number, answers: Answers = {}) {
  const asked: string[] = [];
  let listener: GeneratorListener | null = null;
  const note = (name: string, argument: unknown) =>
    asked.push(argument === null ? name : `${name} ${JSON.stringify(argument)}`);
  const generators: Pick<Generators, "count" | "names" | "listen" | "all" | "tellOthers"> = {
    count,
    names: Array.from({ length: count }, (_, part) => `generator process ${part + 1} of ${count}`),
    listen: (who) => {
      listener = who;
    },
    all: (async (name: string, argument: (part: number) => unknown) => {
      note(name, argument(0));
      return Promise.all(
        Array.from({ length: count }, async (_, part) => answers[name]?.(part, argument(part))),
      );
    }) as Generators["all"],
    tellOthers: ((part: number, name: string, argument: unknown) =>
      void asked.push(`all but ${part}: ${name} ${JSON.stringify(argument)}`)) as Generators["tellOthers"],
  };
  return { generators: generators as Generators, asked, listener: () => listener };
}
