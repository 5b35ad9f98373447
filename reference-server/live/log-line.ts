/** What is written of one incident at most, in characters. */
const MOST_CHARACTERS = 2000;
/** What is written of a name that a client has chosen, in characters. */
const MOST_OF_A_NAME = 80;

/** An error for the log: its stack, and no more of it than can be read. */
export function errorLine(what: string, error: unknown): string {
  return bounded(
    `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    MOST_CHARACTERS,
  );
}

/** A name that a client has chosen, so that it can neither fill the log nor begin a line of it. */
export function clientName(name: string): string {
  return JSON.stringify(bounded(name, MOST_OF_A_NAME));
}

function bounded(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`;
}
