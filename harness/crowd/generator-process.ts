import { type ChildProcess, fork } from "node:child_process";
import { BenchError } from "../core/errors.ts";
import { ownModule } from "../core/own-module.ts";
import { type Answer, type AnswerOf, type ArgumentOf, type Call, receivedError } from "./calls.ts";
import type { CrowdEvent } from "./crowd-orders.ts";
import type { GeneratorCalls } from "./generator-calls.ts";

/** How a generator process is started. */
export interface GeneratorOptions {
  /** What it is called in messages: `generator process 2 of 3`. */
  readonly name: string;
  /** Takes what its crowd tells. */
  readonly onEvent: (event: CrowdEvent) => void;
  /** Told once, when it ends without having been asked to. */
  readonly onDeath: (how: string) => void;
  /** The program to run, for tests. Default: the generator. */
  readonly entryPath?: string;
}

const ENTRY_PATH = ownModule("./generator", import.meta.url);
/** How long it may take to end by itself. */
const GRACE_MS = 5000;

/** A process that acts as users, as the one that started it sees it. */
export class GeneratorProcess {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #gone = Promise.withResolvers<void>();
  #lastId = 0;
  #isStopping = false;
  #death: BenchError | null = null;

  constructor({ name, onEvent, onDeath, entryPath }: GeneratorOptions) {
    this.name = name;
    this.#child = fork(entryPath ?? ENTRY_PATH, {
      serialization: "advanced",
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const killNow = (): void => void this.#child.kill("SIGKILL");
    process.once("exit", killNow);
    this.#child.on("message", (message: Answer | CrowdEvent) => {
      if (message.kind === "answer" || message.kind === "refusal") this.#settle(message);
      else onEvent(message);
    });
    const ended = (how: string): void => {
      if (this.#death !== null) return;
      process.off("exit", killNow);
      this.#death = new BenchError(`${name} ended (${how})`, { code: "generator-died" });
      for (const { reject } of this.#waiting.values()) reject(this.#death);
      this.#waiting.clear();
      this.#gone.resolve();
      if (!this.#isStopping) onDeath(how);
    };
    this.#child.once("error", (error) => ended(error.message));
    this.#child.once("exit", (code, signal) => ended(signal ?? `exit code ${code}`));
  }

  /** Of the process; undefined where it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Whether it can be asked for anything. */
  get isAlive(): boolean {
    return this.#death === null;
  }

  /**
   * Asks it for something.
   *
   * @throws BenchError `generator-died`, or what is thrown there
   */
  call<Name extends keyof GeneratorCalls>(
    name: Name,
    argument: ArgumentOf<GeneratorCalls, Name>,
  ): Promise<AnswerOf<GeneratorCalls, Name>> {
    if (this.#death !== null) return Promise.reject(this.#death);
    this.#lastId += 1;
    const call: Call = { kind: "call", id: this.#lastId, name, argument };
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(call.id, waiting);
    // A channel that breaks is followed by the end of the process, which rejects.
    this.#child.send(call, () => {});
    return waiting.promise as Promise<AnswerOf<GeneratorCalls, Name>>;
  }

  /** Ends it. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#child.connected) this.#child.disconnect();
    const late = setTimeout(() => this.#child.kill("SIGKILL"), GRACE_MS);
    await this.#gone.promise;
    clearTimeout(late);
  }

  #settle(message: Answer): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === "answer") waiting?.resolve(message.value);
    else waiting?.reject(receivedError(message.error));
  }
}
