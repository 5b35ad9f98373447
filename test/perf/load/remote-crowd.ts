import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a process can be called to do, by name. */
export type Calls = Record<string, (...given: never[]) => unknown>;

/** A call, as it is sent; they are made one after the other. */
export interface Call {
  readonly name: string;
  readonly given: readonly unknown[];
}

/** What came of it. */
export type Answer = { readonly result: unknown } | { readonly error: string };

/** A crowd in a process of its own. */
export interface RemoteCrowd<C extends Calls> {
  /** @throws Error where the crowd has thrown. */
  call<N extends string & keyof C>(name: N, ...given: Parameters<C[N]>): Promise<Awaited<ReturnType<C[N]>>>;
  stop(): void;
}

/** Starts a crowd, which ends with this process. */
export function startCrowd<C extends Calls>(): RemoteCrowd<C> {
  const child = fork(fileURLToPath(new URL("crowd-process.ts", import.meta.url)));
  return {
    async call(name, ...given) {
      const answered = new Promise<Answer>((resolve, reject) => {
        child.once("message", (answer) => resolve(answer as Answer));
        child.once("exit", () => reject(new Error("the crowd has ended")));
      });
      child.send({ name, given } satisfies Call);
      const answer = await answered;
      child.removeAllListeners("exit");
      if ("error" in answer) throw new Error(`the crowd: ${answer.error}`);
      return answer.result as never;
    },
    stop: () => child.disconnect(),
  };
}
