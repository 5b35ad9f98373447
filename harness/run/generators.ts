import { cpus } from "node:os";
import { BenchError } from "../core/errors.ts";
import { type Clock, micros } from "../core/units.ts";
import type { AnswerOf, ArgumentOf } from "../crowd/calls.ts";
import type { CrowdEvent } from "../crowd/crowd.ts";
import type { GeneratorCalls } from "../crowd/generator-calls.ts";
import { type GeneratorOptions, GeneratorProcess } from "../crowd/generator-process.ts";
import { type ClockExchange, clockOffset } from "../measure/clock-offset.ts";

/** How many generator processes act where nobody says: the coordinator and the server want a core too. */
export const defaultWorkers = (): number => Math.max(1, cpus().length - 1);

/** Who is told of what happens in generator processes. */
export interface GeneratorListener {
  readonly onEvent: (event: CrowdEvent, part: number) => void;
  readonly onDeath: (part: number, how: string) => void;
}

/** The generator processes of a run, asked for something together. One that has died is left out. */
export class Generators {
  readonly #processes: readonly GeneratorProcess[];
  /** How those ended that are dead, by number. */
  readonly #deaths = new Map<number, string>();
  #listener: GeneratorListener | null = null;

  /** @param entryPath the program to run, for tests */
  constructor(count: number, { entryPath }: Pick<GeneratorOptions, "entryPath"> = {}) {
    this.#processes = Array.from({ length: count }, (_, part) => {
      const name = count === 1 ? "the generator process" : `generator process ${part + 1} of ${count}`;
      return new GeneratorProcess({
        name,
        onEvent: (event) => this.#listener?.onEvent(event, part),
        onDeath: (how) => {
          this.#deaths.set(part, how);
          this.#listener?.onDeath(part, how);
        },
        ...(entryPath === undefined ? {} : { entryPath }),
      });
    });
  }

  /** How many there are, the dead ones included. */
  get count(): number {
    return this.#processes.length;
  }

  /** What they are called, in order. */
  get names(): readonly string[] {
    return this.#processes.map(({ name }) => name);
  }

  /** Has someone told, from now on, of what happens, and at once of those that are dead already: he has to do without them. */
  listen(listener: GeneratorListener | null): void {
    this.#listener = listener;
    for (const [part, how] of this.#deaths) listener?.onDeath(part, how);
  }

  /**
   * Asks all living ones for the same, or each for its own. Gives their answers, in order; one that dies meanwhile gives none.
   *
   * @throws what one of them throws; BenchError `generator-died` where all of them are dead
   */
  async all<Name extends keyof GeneratorCalls>(
    name: Name,
    argument: (part: number) => ArgumentOf<GeneratorCalls, Name>,
  ): Promise<AnswerOf<GeneratorCalls, Name>[]> {
    const answers = await Promise.all(
      this.#processes.flatMap((one, part) =>
        one.isAlive
          ? [
              one.call(name, argument(part)).then(
                (value) => [value],
                (error: unknown) => {
                  if (error instanceof BenchError && error.code === "generator-died") return [];
                  throw error;
                },
              ),
            ]
          : [],
      ),
    );
    if (!this.#processes.some(({ isAlive }) => isAlive)) {
      throw new BenchError("no generator process is left to act as users", { code: "generator-died" });
    }
    return answers.flat();
  }

  /** Tells all but one of them something, without waiting for an answer. */
  tellOthers<Name extends keyof GeneratorCalls>(
    part: number,
    name: Name,
    argument: ArgumentOf<GeneratorCalls, Name>,
  ): void {
    for (const [other, one] of this.#processes.entries()) {
      // Who dies meanwhile is told of elsewhere.
      if (other !== part && one.isAlive) one.call(name, argument).catch(() => {});
    }
  }

  /** Sets their clocks by this process', and gives by how much each may still be off, in microseconds. */
  async setClocks(clock: Clock): Promise<number[]> {
    return Promise.all(
      this.#processes.map(async (one) => {
        const exchanges: ClockExchange[] = [];
        for (let sample = 0; sample < 9; sample += 1) {
          const sentUs = clock();
          const thereUs = await one.call("clock", null);
          const there = { thereReceivedUs: thereUs, thereSentUs: thereUs };
          exchanges.push({ sentUs, ...there, answeredUs: clock() });
        }
        const { offsetUs, boundUs } = clockOffset(exchanges);
        await one.call("setClock", micros(-offsetUs));
        return boundUs;
      }),
    );
  }

  /** Ends them all. Resolves when they are gone. */
  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((one) => one.stop()));
  }
}
