/** One entry of a list as somebody sees it: a simulated user, a Chrome, or the database. Lists are ordered arrays. */
export interface ListItem {
  /** The DOM id of the entry's element: `messages-7`. */
  readonly id: string;
  /** All of its text, runs of whitespace as one space, none at the ends. */
  readonly text: string;
  /**
   * The text content of the parts that a scenario names (`ListSelectors.fields`), verbatim: a message is shown
   * byte for byte. A part that is not on the page is no key here: absent and empty differ.
   */
  readonly fields: Readonly<Record<string, string>>;
}
