import type { Command } from "./command.ts";
import { doctor } from "./doctor.ts";
import { init } from "./init.ts";
import { list } from "./list.ts";
import { replay } from "./replay.ts";
import { run } from "./run.ts";
import { serve } from "./serve.ts";

/** The commands of `bench`, by the name they are called by, in the order of the help. */
export const commands = { run, list, replay, serve, doctor, init } satisfies Record<string, Command>;
