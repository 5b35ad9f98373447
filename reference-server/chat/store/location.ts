/** Whether a database is told by the URL of a PostgreSQL. What is none is a file of SQLite, or `:memory:`. */
export function isPostgresUrl(location: string): boolean {
  return /^postgres(ql)?:\/\//i.test(location);
}

/**
 * Where a database is, as it may be printed and logged: of a URL without the password, and without its parameters, which
 * may have one too.
 */
export function shownLocation(location: string): string {
  if (!isPostgresUrl(location)) return location;
  const url = URL.parse(location);
  if (url === null) return "by a URL that cannot be read";
  url.password = "";
  url.search = "";
  url.hash = "";
  return url.href;
}

/** What an error says. One of several addresses that did not answer has no words of its own. */
export function messageOfError(error: unknown): string {
  if (error instanceof AggregateError && error.message === "")
    return error.errors.map(messageOfError).join("; ");
  return error instanceof Error ? error.message : String(error);
}
