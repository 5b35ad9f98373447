import { expect, test } from "vitest";
import {
  isPostgresUrl,
  messageOfError,
  shownLocation,
} from "../../../../reference-server/chat/store/location.ts";

test.each([
  ["postgres://localhost/chat", true],
  ["postgresql://localhost/chat", true],
  ["POSTGRES://localhost/chat", true],
  ["postgres.db", false],
  [":memory:", false],
  ["/srv/chat.db", false],
])("%s is the URL of a PostgreSQL: %s", (location, expected) => {
  expect(isPostgresUrl(location)).toBe(expected);
});

test.each([
  ["postgres://chat:s3cret@db.example:5433/chat", "postgres://chat@db.example:5433/chat"],
  ["postgresql://:s3cret@db.example/chat", "postgresql://db.example/chat"],
  ["postgres://db.example/chat?user=chat&password=s3cret", "postgres://db.example/chat"],
  ["postgres://chat:s3:c%2Fret@db.example/chat#s3cret", "postgres://chat@db.example/chat"],
  ["postgres://chat:s3cret@db.example:port/chat", "by a URL that cannot be read"],
  ["/srv/chat.db", "/srv/chat.db"],
])("%s is shown as %s", (location, shown) => {
  expect(shownLocation(location)).toBe(shown);
});

test("of several addresses that do not answer each says why", () => {
  const refused = new AggregateError([new Error("refused ::1"), new Error("refused 127.0.0.1")]);
  expect(messageOfError(refused)).toBe("refused ::1; refused 127.0.0.1");
});
