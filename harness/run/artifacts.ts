import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/** Where a file goes, and what a result calls it. */
export interface Place<Name extends string> {
  readonly path: Name;
  /** From the folder of the result: so both can be moved together. */
  readonly relative: string;
}

/** What is on a page, its tokens among it, is for its owner alone. */
const OWNER_ONLY = 0o700;

/** The files of a run beside its result: a folder that bears the result's name, made with the first of them. */
export class Artifacts {
  readonly #folder: string;

  /** @param resultPath `bench-results/quickstart-2026-01-02T03-04-05Z.json` */
  constructor(resultPath: string) {
    this.#folder = resultPath.replace(/\.json$/u, "");
  }

  /** Where a file goes that somebody else writes. */
  place<Name extends string>(name: Name): Place<`${string}/${Name}`> {
    mkdirSync(this.#folder, { recursive: true, mode: OWNER_ONLY });
    return { path: this.path(name), relative: this.relative(name) };
  }

  /** Writes a file; whoever reads it meanwhile sees the old or the new one. Gives what a result calls it. */
  write(name: string, text: string): string {
    const { path, relative } = this.place(name);
    const unfinished = `${path}.unfinished`;
    writeFileSync(unfinished, text);
    renameSync(unfinished, path);
    return relative;
  }

  /** Where a file is. */
  path<Name extends string>(name: Name): `${string}/${Name}` {
    return `${this.#folder}/${name}`;
  }

  /** What a result calls a file. */
  relative(name: string): string {
    return join(basename(this.#folder), name);
  }
}
