import { z } from "zod";
import { referenceSite } from "../../scenarios/reference-site.ts";
import { BenchError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import { MODES } from "../core/modes.ts";
import { painter } from "../core/text-stream.ts";
import { startServer } from "../load/server-process.ts";
import type { Command } from "./command.ts";
import { database, flag, text, wholeNumber } from "./option-values.ts";
import { readOptions } from "./read-options.ts";

const options = {
  port: { kind: "value", description: "Port to listen on; 0 takes a free one", otherwise: "4000" },
  host: { kind: "value", description: "Address to listen on", otherwise: "127.0.0.1" },
  mode: {
    kind: "value",
    description: "Rendering mode of the message list",
    otherwise: "stream",
    values: MODES,
  },
  database: {
    kind: "value",
    description: "SQLite file, PostgreSQL URL, or :memory:",
    otherwise: "DATABASE_URL, or :memory:",
  },
  seed: { kind: "value", description: "What rooms and messages are drawn from", otherwise: "1" },
  messages: { kind: "value", description: "Messages in each room at the start", otherwise: "200" },
  users: { kind: "value", description: "Accounts for a run: user-0001 and on", otherwise: "0" },
  instrument: { kind: "flag", description: "Tell of memory, frames and templates under /debug" },
  fault: { kind: "list", description: "Defect to commit, may be given again", otherwise: "none" },
} satisfies Command["options"];

const schema = (cwd: string) =>
  z.object({
    port: wholeNumber(0, 65_535).default(4000),
    host: text().default("127.0.0.1"),
    mode: text().optional(),
    database: database(cwd).optional(),
    seed: wholeNumber(0, 2 ** 32 - 1).optional(),
    messages: wholeNumber(0, 1_000_000).optional(),
    users: wholeNumber(0, 100_000).optional(),
    instrument: flag(),
    fault: z.array(text()).default([]),
  });

/**
 * `bench serve`: the reference server, for a person with a browser. Ctrl-C is how it is meant to end, so that is
 * exit code 0; a server that ends by itself is 1.
 */
export const serve: Command = {
  description: "Start the reference server, to look at it in a browser",
  options,
  examples: [
    ["bench serve", "then open http://127.0.0.1:4000"],
    ["bench serve --port 0 --mode stateful", "a free port, another mode"],
  ],
  run: async (args, { cwd, env, signal, stdout, stderr }) => {
    const { mode, database, seed, messages, users, instrument, fault, port, host } = readOptions(
      options,
      schema(cwd),
      args,
    );
    const server = await startServer({
      port,
      host,
      ...(mode === undefined ? {} : { mode }),
      ...(database === undefined ? {} : { database }),
      ...(seed === undefined ? {} : { seed }),
      ...(messages === undefined ? {} : { messages }),
      ...(users === undefined ? {} : { users }),
      instrument,
      faults: fault,
      onLog: (line) => stderr.write(`${line}\n`),
      signal,
    });
    const paint = painter(stdout, env);
    stdout.write(`Open ${paint("bold", server.url)} in a browser. Ctrl-C stops the server.\n`);
    stdout.write(`Create an account there, or log in as alice with "${referenceSite.accounts.password}".\n`);
    const asked = new Promise<"asked">((resolve) => {
      if (signal.aborted) resolve("asked");
      signal.addEventListener("abort", () => resolve("asked"), { once: true });
    });
    const first = await Promise.race([asked, server.exited]);
    const exit = await server.stop();
    // On Ctrl-C the server hears the signal too, and may be gone before we are told.
    if (first === "asked" || signal.aborted || exit.code === 0) return EXIT_CODES.passed;
    throw new BenchError(`the server ended by itself with ${exit.signal ?? exit.code}; its log is above`, {
      code: "server-ended",
    });
  },
};
