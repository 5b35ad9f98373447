/** What the made-up chat is made of. */
export const ROOMS = ["general", "random", "support"] as const;

export const USERS = [
  "alice",
  "bob",
  "carla",
  "deniz",
  "emeka",
  "farida",
  "goran",
  "hana",
  "ines",
  "jonas",
] as const;

export const OPENINGS = [
  "Has anyone looked at",
  "Good news about",
  "I am a bit stuck on",
  "Quick question on",
  "Could somebody review",
  "We should talk about",
  "I just pushed a fix for",
  "Nice work on",
  "Please have a look at",
  "I wrote down what we know about",
  "Tomorrow I will start with",
  "Does it make sense to postpone",
] as const;

export const SUBJECTS = [
  "the slow build",
  "the new log-in page",
  "yesterday's deploy",
  "the scrollback in the mobile view",
  "our release notes",
  "the flaky socket test",
  "the search index",
  "the notification settings",
  "the onboarding guide",
  "the memory graph from last night",
  "the team lunch",
  "the dashboard for the support desk",
] as const;

export const CLOSINGS = [
  ".",
  "?",
  " before the meeting?",
  ", no hurry.",
  " - it works on my machine.",
  ". I left comments in the ticket.",
  ", thanks!",
  " 🎉",
  ". Coffee first, though.",
  " when you have a minute.",
] as const;
