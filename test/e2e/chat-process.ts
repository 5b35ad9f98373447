import { createInterface } from "node:readline";
import { type Started, startNodeWith } from "./bench.ts";

/** A reference server as a process of its own. */
export interface ChatProcess {
  readonly url: string;
  /** Ends it as a machine does that fails: nothing is put away first. */
  kill(): Promise<void>;
}

/** Starts a reference server, and waits until it listens. It is killed when the test ends. */
export async function startChat(
  env: Readonly<Record<string, string>>,
  ...argv: readonly string[]
): Promise<ChatProcess> {
  const started = startNodeWith(env, "reference-server/main.ts", ...argv);
  const said = await firstLine(started);
  const { url } = JSON.parse(said) as { url?: string };
  if (url === undefined) throw new Error(`the server does not listen: ${said}`);
  return {
    url,
    async kill() {
      started.child.kill("SIGKILL");
      await started.ended;
    },
  };
}

function firstLine({ child }: Started): Promise<string> {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  return new Promise((resolve) => lines.once("line", resolve).once("close", () => resolve("{}")));
}
