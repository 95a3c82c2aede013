import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { settled } from "./cast.js";

const { Favourites } = await import("messaging/favourites.js");
const { fit } = await import("messaging/fuzzy.js");
const { sectionsOf } = await import("messaging/sections.js");

const place = (conversation_id, name, fields) => ({ conversation_id, name, kind: "room", board_id: 1, unread: 0, favourite: "", ...fields });
const boards = [{ board_id: 1, name: "Apollo" }, { board_id: 2, name: "Hangar" }];

describe("the sections of a list of places", () => {
  const names = (places, favourites = [], here = null) => {
    const conversations = new Map(places.map((one) => [one.conversation_id, one]));
    return sectionsOf({ conversations, boards, favourites, here }).map(({ key, places: those }) => [key, ...those.map(({ name }) => name)]);
  };

  test("are boards with their rooms by name, then people, then tasks with news", () => {
    const told = [
      place(1, "zeta"), place(2, "Alpha"), place(3, "Wing", { board_id: 2 }), place(4, "Bob", { kind: "direct", board_id: null }),
      place(5, "Engine", { kind: "task", unread: 2 }), place(6, "Quiet", { kind: "task" }),
    ];
    assert.deepEqual(names(told), [["favourites"], ["board-1", "Alpha", "zeta"], ["board-2", "Wing"], ["direct", "Bob"], ["tasks", "Engine"]]);
  });

  test("show a favourite once, among the favourites", () => {
    const [one, other] = [place(1, "Alpha"), place(2, "Beta")];
    assert.deepEqual(names([one, other], [other]).slice(0, 2), [["favourites", "Beta"], ["board-1", "Alpha"]]);
  });

  test("keep the task that is open, and rooms of boards that are not mine", () => {
    const told = [place(6, "Quiet", { kind: "task" }), place(7, "Guests", { board_id: 9 })];
    assert.deepEqual(names(told, [], 6).slice(2), [["board-2"], ["board-0", "Guests"], ["direct"], ["tasks", "Quiet"]]);
  });
});

describe("favourites", () => {
  let inbox, favourites, asked, answer, kept, tabs;
  const ids = () => favourites.list.map(({ conversation_id: id }) => id);
  const tells = (id, favourite) => {
    inbox.conversations.set(id, { ...inbox.conversations.get(id), favourite });
    inbox.dispatchEvent(new CustomEvent("change", { detail: inbox.conversations.get(id) }));
  };
  // In a tab of its own: the others hear of what it stores, it does not.
  const opens = () => {
    const events = new EventTarget();
    const stores = (change) => (key, text) => {
      change(key, text);
      for (const other of tabs) if (other !== events) other.dispatchEvent(Object.assign(new Event("storage"), { key }));
    };
    tabs.push(events);
    return new Favourites({
      inbox, events, userId: 1, ask: (id, wish) => (asked.push([id, wish.on, wish.before]), Promise.resolve(answer)),
      storage: { getItem: (key) => kept[key], setItem: stores((key, text) => { kept[key] = text; }), removeItem: stores((key) => delete kept[key]) },
    });
  };

  beforeEach(() => {
    const places = [place(1, "A", { favourite: "5" }), place(2, "B", { favourite: "6" }), place(3, "C"), place(4, "D")];
    inbox = Object.assign(new EventTarget(), { conversations: new Map(places.map((one) => [one.conversation_id, one])) });
    inbox.conversation = (id) => inbox.conversations.get(id);
    [asked, answer, kept, tabs] = [[], {}, {}, []];
    favourites = opens();
  });

  test("stand in the order of their ranks", () => assert.deepEqual(ids(), [1, 2]));

  test("show a wish at once, and then what the server says", async () => {
    favourites.put(3, 2);
    assert.deepEqual([ids(), asked], [[1, 3, 2], [[3, true, 2]]]);
    await settled();
    tells(3, "55");
    assert.deepEqual([ids(), kept], [[1, 3, 2], {}]);
    tells(3, "");
    assert.deepEqual(ids(), [1, 2]);
  });

  test("move by steps, as far as there is room", () => {
    assert.equal(favourites.step(2, -1), true);
    assert.deepEqual(ids(), [2, 1]);
    assert.equal(favourites.step(2, -1), false);
    favourites.step(2, 1);
    assert.deepEqual(ids(), [1, 2]);
  });

  test("that were wished for without a network are asked for again with one, even by another page", async () => {
    answer = null;
    favourites.drop(1);
    favourites.put(4);
    await settled();
    const { conversations, conversation } = inbox;
    inbox = Object.assign(new EventTarget(), { conversations, conversation });
    favourites = opens();
    assert.deepEqual(ids(), [2, 4]);
    answer = {};
    asked.length = 0;
    inbox.dispatchEvent(new Event("state"));
    await settled();
    tells(1, "");
    tells(4, "7");
    assert.deepEqual([asked, ids(), kept], [[[1, false, null], [4, true, null]], [2, 4], {}]);
  });

  test("that tabs wish for without a network are all asked for, and each as it was wished last", async () => {
    answer = null;
    const other = opens();
    favourites.put(3);
    other.put(4);
    other.put(3, 4);
    favourites.drop(1);
    await settled();
    const idsOf = (tab) => tab.list.map(({ conversation_id: id }) => id);
    assert.deepEqual([favourites, other, opens()].map(idsOf), [[2, 3, 4], [2, 3, 4], [2, 3, 4]]);
    asked.length = 0;
    answer = {};
    inbox.dispatchEvent(new Event("state"));
    await settled();
    assert.deepEqual(asked.slice(0, 3), [[4, true, null], [3, true, 4], [1, false, null]]);
    for (const [id, rank] of [[4, "8"], [3, "7"], [1, ""]]) tells(id, rank);
    assert.deepEqual([idsOf(favourites), idsOf(other), kept], [[2, 3, 4], [2, 3, 4], {}]);
  });

  test("that another tab chose anew are not given up with what was wished before", async () => {
    answer = null;
    favourites.put(3);
    const [line, { conversations, conversation }] = [inbox, inbox];
    inbox = Object.assign(new EventTarget(), { conversations, conversation });
    const other = opens();
    tabs.splice(0); // neither hears of the other in time
    other.put(3, 1);
    conversations.set(3, place(3, "C", { favourite: "7" }));
    line.dispatchEvent(new CustomEvent("change", { detail: conversations.get(3) }));
    assert.deepEqual(JSON.parse(kept["prizmai-favourites-1"]), [[3, { on: true, before: 1 }]]);
  });

  test("that the server refuses go back, with a word about it", async () => {
    const words = [];
    favourites.addEventListener("refused", ({ detail }) => words.push(detail));
    answer = { refusal: "Join the room first." };
    favourites.put(3);
    await settled();
    assert.deepEqual([ids(), words], [[1, 2], ["Join the room first."]]);
  });
});

describe("a few letters", () => {
  const best = (wanted, ...names) => names.filter((name) => fit(wanted, name)).sort((one, other) => fit(wanted, other).score - fit(wanted, one).score)[0];

  test("fit the start of a word best, then its middle, then anywhere in order", () => {
    assert.equal(best("gen", "Regenerate", "General", "Great evening"), "General");
    assert.equal(best("gen", "Regenerate", "Great evening news"), "Regenerate");
    assert.equal(best("gen", "Great evening news"), "Great evening news");
    assert.equal(fit("gen", "Wing"), null);
  });

  test("need no accents and no capitals", () => {
    assert.deepEqual(fit("cafe", "Das Café").places, [4, 5, 6, 7]);
    assert.deepEqual(fit("ÉN", "general").places, [1, 2]);
  });

  test("show where they fit", () => assert.deepEqual(fit("lt", "Launch team").places, [0, 7]));
  test("that are none fit everything alike", () => assert.deepEqual(fit("", "Anything"), { score: 0, places: [] }));
});
