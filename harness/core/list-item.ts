/** One entry of a list as somebody sees it: a simulated user, a Chrome, or the database. Lists are ordered arrays. */
export interface ListItem {
  /** The DOM id of the entry's element: `messages-7`. */
  readonly id: string;
  /** The whole text content of the element, as the DOM gives it. */
  readonly text: string;
  /**
   * The text of the parts that a scenario names (`ListSelectors.fields`), trimmed. A part that is not on the
   * page is no key here: absent and empty differ.
   */
  readonly fields: Readonly<Record<string, string>>;
}
