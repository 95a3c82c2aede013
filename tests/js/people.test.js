// Who is called or looks otherwise: told while the line stands, asked for after it was broken, and shown wherever they are.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { ada, bob, FakeClock, heard, message } from "./cast.js";

const { Inbox } = await import("messaging/inbox.js");
const { People } = await import("messaging/people.js");
const { showAnew } = await import("messaging/shown-anew.js");
const { Timeline } = await import("messaging/timeline.js");

const called = (name, who = bob) => ({ user_id: who.id, username: who.username, display_name: name, avatar: null });
const told = (revision, ...people) => ({ type: "person_changed", board_id: 1, revision, since: null, people });
const answer = (since, revision, ...people) => ({ ...told(revision, ...people), since });
const board = (revision, id = 1) => ({ board_id: id, name: "Hangar", url: "/", people_revision: revision });

describe("people", () => {
  let people, asked, news;
  const knows = (...known) => {
    asked = [];
    news = [];
    people = new People({ known: new Map(known), send: ({ type, ...question }) => asked.push(Object.values(question)) });
    people.addEventListener("change", ({ detail }) => news.push(detail.map(({ display_name: name }) => name)));
  };
  beforeEach(() => knows([1, 3]));

  test("are told of once, however many boards say it", () => {
    people.hear(told(4, called("Robert")));
    people.hear({ ...told(9, called("Robert")), board_id: 2 });
    people.hear(told(5, called("Bob")));
    assert.deepEqual([news, people.of(bob.id).display_name, people.all.length], [[["Robert"], ["Bob"]], "Bob", 1]);
  });

  test("are not asked for when the page was drawn with the latest", () => {
    people.startAnew([board(3)]);
    assert.deepEqual(asked, []);
  });

  test("are asked for from where the page was drawn", () => {
    people.startAnew([board(5)]);
    assert.deepEqual(asked, [[1, 3]]);
    people.hear(answer(3, 5, called("Robert")));
    assert.deepEqual([asked.length, news], [1, [["Robert"]]]);
  });

  test("are asked for after a broken line from what was told last", () => {
    people.startAnew([board(3)]);
    people.hear(told(7, called("Robert")));
    people.startAnew([board(7)]);
    assert.deepEqual(asked, []);
    people.startAnew([board(9)]);
    assert.deepEqual(asked, [[1, 7]]);
  });

  test("are asked for again when the line broke before the answer", () => {
    people.startAnew([board(5)]);
    people.hear(told(6, called("Ada F.", ada)));
    people.startAnew([board(6)]);
    assert.deepEqual(asked, [[1, 3], [1, 3]]);
  });

  test("a long answer is asked for to its end", () => {
    people.startAnew([board(9)]);
    people.hear(answer(3, 5, called("Robert")));
    people.hear(answer(5, 9, called("Ada F.", ada)));
    assert.deepEqual([asked, news.length], [[[1, 3], [1, 5]], 2]);
  });

  test("one board is asked after another, and one of which nothing is told ends it", () => {
    knows([1, 3], [2, 3]);
    people.startAnew([board(5), board(6, 2)]);
    assert.deepEqual(asked, [[1, 3]]);
    people.hear(answer(3, 3));
    assert.deepEqual(asked, [[1, 3], [2, 3]]);
    people.hear({ ...answer(3, 6), board_id: 2 });
    assert.equal(asked.length, 2);
  });

  test("those of no board are asked for first, then the boards go on", () => {
    knows([null, 3], [1, 3]);
    people.startAnew([board(5, null), board(6)]);
    assert.deepEqual(asked, [[null, 3]]);
    people.hear({ ...answer(3, 5, called("Robert")), board_id: null });
    assert.deepEqual([asked, news], [[[null, 3], [1, 3]], [["Robert"]]]);
    people.hear({ ...told(7, called("Bob")), board_id: null });
    people.startAnew([board(7, null), board(3)]);
    assert.deepEqual([asked.length, news.length], [2, 2]);
  });

  test("of those of no board the latest is asked for, for no page says whether it knows", () => {
    knows();
    people.startAnew([board(5, null)]);
    people.hear({ ...answer(4, 5, called("Robert")), board_id: null });
    people.startAnew([board(5, null)]);
    assert.deepEqual(asked, [[null, 4]]);
  });

  test("an answer that is older than what was told meanwhile changes nothing back", () => {
    people.startAnew([board(5)]);
    people.hear(told(6, called("Bob")));
    people.hear(answer(3, 5, called("Robert")));
    assert.equal(people.of(bob.id).display_name, "Bob");
  });

  test("of another history everything is asked for", () => {
    people.startAnew([board(2)]);
    assert.deepEqual(asked, [[1, 0]]);
  });

  test("of a board that is mine only now nothing is asked", () => {
    people.startAnew([board(3)]);
    people.boardsAre([board(3), board(8, 2)]);
    people.startAnew([board(3), board(8, 2)]);
    assert.deepEqual(asked, []);
  });
});

describe("an inbox", () => {
  const direct = (id, userId, name) => ({ conversation_id: id, kind: "direct", name, user_id: userId, avatar: null, level: "all", unread: 0, mentions: 0, read_seq: 0, last_seq: 0, revision: 1 });

  test("calls direct conversations by their people, and asks about those of several", () => {
    const [said, clock] = [[], new FakeClock()];
    const connection = Object.assign(new EventTarget(), { send: (frame) => said.push(frame) });
    const inbox = new Inbox({ me: ada, connection, clock });
    const says = (detail) => connection.dispatchEvent(new CustomEvent("frame", { detail }));
    const conversations = [direct(1, bob.id, "Bob"), direct(2, 99, "Vera"), direct(3, null, "Bob, Vera")];
    says({ type: "inbox", conversations, boards: [board(3)], notifications_unread: 0, people_revision: 0 });
    says(told(4, { ...called("Robert"), avatar: "/face/" }));
    clock.pass(1_000);
    const shown = [...inbox.conversations.values()].map(({ name, avatar }) => [name, avatar]);
    assert.deepEqual(shown, [["Robert", "/face/"], ["Vera", null], ["Bob, Vera", null]]);
    assert.deepEqual(said, [{ type: "refresh", conversation_id: 3 }]);
  });
});

describe("a room", () => {
  const robert = { ...called("Robert"), avatar: "/face/" };
  let room, data;
  const said = (id) => room.timeline.withId(id);

  beforeEach(() => {
    const answer = { ...message(2, { id: 2, by: ada }), reply_to: { message_id: 1, seq: 1, display_name: "Bob", excerpt: "Message 1" } };
    const pinned = { ...message(3, { id: 3, by: ada }), pinned: { user_id: bob.id, display_name: "Bob", at: "" }, reactions: { "👍": [bob.id] } };
    const messages = [message(1, { id: 1, by: bob }), answer, pinned, message(4, { id: 4, by: ada })];
    data = { kind: "direct", name: "Bob", me: { ...ada }, members: [called("Ada", ada), called("Bob")] };
    const part = (more = {}) => Object.assign(new EventTarget(), more);
    room = { timeline: new Timeline({ me: data.me, page: { messages } }), typists: part({ people: [called("Bob")] }), reading: part() };
  });

  test("shows their name wherever it stands, and their picture", () => {
    showAnew({ room, data }, [robert]);
    const { display_name: name, avatar } = said(1);
    assert.deepEqual([name, avatar, said(2).reply_to.display_name, said(3).pinned.display_name], ["Robert", "/face/", "Robert", "Robert"]);
    assert.deepEqual([data.members[1], data.name, room.typists.people[0].display_name], [robert, "Robert", "Robert"]);
  });

  test("draws anew what is theirs, and nothing else", () => {
    const puts = heard(room.timeline, "put");
    const changes = [heard(room.typists, "change"), heard(room.reading, "change")];
    showAnew({ room, data }, [robert]);
    assert.deepEqual([puts.map(([, { message: { id } }]) => id), changes.map(({ length }) => length)], [[1, 2, 3], [1, 1]]);
    showAnew({ room, data }, [robert]);
    assert.equal(puts.length, 4); // who reacted is named by the page, not by the message
  });

  test("keeps the picture that was taken away away", () => {
    showAnew({ room, data }, [robert]);
    showAnew({ room, data }, [called("Robert")]);
    assert.equal(said(1).avatar, null);
  });

  test("what I write from now on is under my new name", () => {
    showAnew({ room, data }, [called("Ada King", ada)]);
    room.timeline.showPending([{ client_id: "c", text: "Hello", created: 0, state: "waiting" }]);
    assert.deepEqual([room.timeline.messages.at(-1).display_name, data.name], ["Ada King", "Bob"]);
  });
});
