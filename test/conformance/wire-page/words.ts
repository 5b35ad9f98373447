/** The words that the recorded messages are made of, by number. Source: `test/fixtures/wire/README.md`. */
export const WORDS =
  "the a chat room stream server message time user list page view socket frame test build deploy cache query index thread note plan review merge branch release patch late early quick slow green blue small large maybe today tomorrow meeting lunch coffee answer question issue ticket".split(
    " ",
  );
