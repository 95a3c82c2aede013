import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { FakeClock, FakeWindow, fakeWebSocket, heard } from "./cast.js";

const { Connection } = await import("live/connection.js");
const { Stream } = await import("live/stream.js");

let clock, Sockets, connection, stream, events;

const change = (revision) => ({ type: "chat_message", revision });
const changes = (...revisions) => revisions.map(change);
const taken = () => events.filter(([name]) => name === "change").map(([, frame]) => frame.revision);
const said = (name) => events.filter(([said]) => said === name).length;
const resumes = () => Sockets.last.sentOf("resume");

function follows(revision, epoch) {
  clock = new FakeClock();
  Sockets = fakeWebSocket();
  connection = new Connection({
    url: () => stream.address("/ws/chat-room/1/"), WebSocket: Sockets, clock, random: () => 0.5, events: new FakeWindow(),
  });
  stream = new Stream({ connection, revision, epoch, clock });
  events = heard(stream, "change", "synced", "reset", "broken", "failed");
  connection.open();
  Sockets.last.opens();
}

function lives(revision = 5) {
  Sockets.last.says({ type: "welcome", revision, epoch: "e1" }, { type: "synced", revision });
}

beforeEach(() => follows(5, "e1"));

describe("coming to the log", () => {
  test("a page that knows where it is asks for what came since", () => {
    assert.match(Sockets.last.url, /\/ws\/chat-room\/1\/\?since=5&epoch=e1$/);
    assert.equal(stream.state, "catching up");
  });

  test("one that does not takes the welcome's word", () => {
    follows(null, null);
    assert.match(Sockets.last.url, /\/ws\/chat-room\/1\/$/);
    Sockets.last.says({ type: "welcome", revision: 40, epoch: "e2" });
    assert.deepEqual([stream.state, stream.revision, stream.epoch, said("synced")], ["live", 40, "e2", 1]);
  });

  test("since and epoch go together or not at all", () => {
    for (const half of [[5, null], [null, "e1"]]) {
      follows(...half);
      assert.match(Sockets.last.url, /\/$/);
    }
  });

  test("what was missed may skip revisions, comes out in order, and ends with synced", () => {
    Sockets.last.says({ type: "welcome", revision: 12, epoch: "e1" }, ...changes(7, 8, 11));
    assert.equal(stream.state, "catching up");
    Sockets.last.says({ type: "synced", revision: 12 }, change(13));
    assert.deepEqual(taken(), [7, 8, 11, 13]);
    assert.deepEqual([stream.state, stream.revision, resumes().length], ["live", 13, 0]);
  });

  test("a line lost in the middle goes on from the last change taken", () => {
    Sockets.last.says({ type: "welcome", revision: 12, epoch: "e1" }, ...changes(7, 8));
    Sockets.last.closes();
    assert.equal(stream.state, "closed");
    clock.pass(400);
    assert.match(Sockets.last.url, /since=8&epoch=e1$/);
    Sockets.last.opens();
    Sockets.last.says({ type: "welcome", revision: 12, epoch: "e1" }, ...changes(8, 11), { type: "synced", revision: 12 });
    assert.deepEqual(taken(), [7, 8, 11]);
  });

  test("a line that never says synced is of no use, and left after 15 s", () => {
    Sockets.last.says({ type: "welcome", revision: 12, epoch: "e1" });
    for (let second = 0; second < 15; second += 1) {
      assert.equal(connection.state, "open");
      clock.pass(1_000);
      Sockets.last.says({ type: "pong", revision: 5 });
    }
    assert.equal(connection.state, "reconnecting");
  });

  test("reset: another log, from its revision on", () => {
    const reset = { type: "reset", why: "epoch", revision: 3, epoch: "e2" };
    Sockets.last.says({ type: "welcome", revision: 3, epoch: "e2" }, reset, change(4));
    assert.deepEqual(events, [["reset", reset], ["change", change(4)]]);
    assert.deepEqual([stream.state, stream.revision, stream.epoch], ["live", 4, "e2"]);
  });
});

describe("live", () => {
  beforeEach(() => lives());

  test("each change comes out once, what is not new is dropped", () => {
    Sockets.last.says(...changes(5, 6, 6, 4, 7));
    assert.deepEqual(taken(), [6, 7]);
  });

  test("frames without a place in the log pass by, and an ack is one of them", () => {
    const others = heard(stream, "other");
    Sockets.last.says({ type: "user_typing", user_id: 2 }, { type: "ack", revision: 9 }, change(6), { type: "mode", mode: "degraded" });
    assert.deepEqual(others.map(([, frame]) => frame.type), ["user_typing", "ack", "mode"]);
    assert.deepEqual([taken(), resumes().length], [[6], 0]);
  });

  test("a kind of change we do not know yet counts all the same", () => {
    Sockets.last.says({ type: "pinned", revision: 6 }, change(7));
    assert.deepEqual([taken(), resumes().length], [[6, 7], 0]);
  });

  test("on a jump it holds the change and asks once", () => {
    Sockets.last.says(...changes(8, 9, 12));
    assert.deepEqual(taken(), []);
    assert.deepEqual(resumes(), [{ type: "resume", since: 5 }]);
    assert.equal(stream.state, "catching up");
  });

  test("the answer and what was held come out in order, once, and it is live again", () => {
    Sockets.last.says(...changes(8, 9), ...changes(7, 8, 9), { type: "synced", revision: 9 }, change(10));
    assert.deepEqual(taken(), [7, 8, 9, 10]);
    assert.deepEqual([stream.state, stream.revision, said("synced")], ["live", 10, 2]);
  });

  test("what is newer than the answer follows it", () => {
    Sockets.last.says(...changes(8), ...changes(6, 8), ...changes(9), { type: "synced", revision: 8 });
    assert.deepEqual([taken(), resumes().length], [[6, 8, 9], 1]);
  });

  test("a gap after the answer is a gap", () => {
    Sockets.last.says(change(8), change(12), change(8), { type: "synced", revision: 8 });
    assert.deepEqual([taken(), resumes().map(({ since }) => since)], [[8], [5, 8]]);
    Sockets.last.says(change(11), { type: "synced", revision: 11 });
    assert.deepEqual([taken(), stream.revision], [[8, 11, 12], 12]);
  });

  test("synced sets the revision though nothing came", () => {
    Sockets.last.says(change(8), { type: "synced", revision: 9 });
    Sockets.last.says(change(10));
    assert.deepEqual(taken(), [8, 10]);
  });

  test("a pong that knows more reveals a gap, after a grace", () => {
    Sockets.last.says({ type: "pong", revision: 6 });
    clock.pass(999);
    assert.equal(resumes().length, 0);
    clock.pass(1);
    assert.deepEqual(resumes(), [{ type: "resume", since: 5 }]);
  });

  test("a pong that only was quicker does not", () => {
    Sockets.last.says({ type: "pong", revision: 6 }, change(6));
    clock.pass(5_000);
    Sockets.last.says({ type: "pong", revision: 6 });
    clock.pass(5_000);
    assert.equal(resumes().length, 0);
    Sockets.last.says({ type: "pong", revision: 7 });
    clock.pass(1_000);
    assert.equal(resumes().length, 1);
  });

  test("nor one of a line that is gone, and the next is waited for in full", () => {
    Sockets.last.says({ type: "pong", revision: 6 });
    Sockets.last.closes();
    clock.pass(400);
    Sockets.last.opens();
    Sockets.last.says({ type: "welcome" }, { type: "synced", revision: 5 }, { type: "pong", revision: 6 });
    clock.pass(999);
    assert.equal(resumes().length, 0);
    clock.pass(1);
    assert.equal(resumes().length, 1);
  });

  test("pongs that follow each other closely ask once", () => {
    Sockets.last.says({ type: "pong", revision: 6 }, { type: "pong", revision: 7 });
    clock.pass(5_000);
    assert.equal(resumes().length, 1);
  });

  test("nor does a pong ask again for what is being asked for", () => {
    Sockets.last.says({ type: "pong", revision: 8 }, change(8), { type: "pong", revision: 9 });
    clock.pass(5_000);
    assert.deepEqual([resumes().length, stream.state], [1, "catching up"]);
  });

  test("after one gap was filled a pong reveals the next", () => {
    for (const revision of [6, 7]) {
      Sockets.last.says({ type: "pong", revision });
      clock.pass(1_000);
      Sockets.last.says(change(revision), { type: "synced", revision });
    }
    assert.deepEqual([taken(), resumes().map(({ since }) => since)], [[6, 7], [5, 6]]);
  });

  test("a line that fell silent while it asked is not left for that once it has answered", () => {
    Sockets.last.says(change(8), ...changes(6, 8), { type: "synced", revision: 8 });
    for (let second = 0; second < 20; second += 1) {
      clock.pass(1_000);
      Sockets.last.says({ type: "pong", revision: 8 });
    }
    assert.equal(connection.state, "open");
  });

  test("another log takes the place of what was held of this one", () => {
    Sockets.last.says(change(8), { type: "reset", why: "epoch", revision: 3, epoch: "e2" }, change(4), { type: "synced", revision: 4 });
    assert.deepEqual([taken(), stream.revision, stream.state], [[4], 4, "live"]);
  });

  test("what was held is forgotten with the line", () => {
    Sockets.last.says(change(8));
    Sockets.last.closes();
    clock.pass(400);
    assert.match(Sockets.last.url, /since=5/);
    Sockets.last.opens();
    Sockets.last.says({ type: "welcome" }, ...changes(7), { type: "synced", revision: 7 });
    assert.deepEqual(taken(), [7]);
  });
});

describe("a log that does not add up", () => {
  beforeEach(() => lives());

  // A server whose numbers always jump.
  function jumps(times) {
    for (let time = 0; time < times; time += 1) {
      Sockets.last.says(change(stream.revision + 2), { type: "synced", revision: stream.revision });
      Sockets.last.says(change(stream.revision + 5));
    }
  }

  test("asks three times in 60 s, then says broken, and asks no more", () => {
    jumps(9);
    assert.deepEqual([stream.state, resumes().length, said("broken"), said("failed")], ["broken", 3, 1, 0]);
  });

  test("three before a clock was put back are accidents, too", () => {
    for (let time = 0; time < 4; time += 1) {
      Sockets.last.says(change(stream.revision + 2), { type: "synced", revision: stream.revision + 2 });
      clock.time -= 3_600_000;
    }
    assert.deepEqual([stream.state, resumes().length, said("broken")], ["live", 4, 0]);
  });

  test("three in more than 60 s are accidents", () => {
    for (let time = 0; time < 9; time += 1) {
      Sockets.last.says(change(stream.revision + 2), { type: "synced", revision: stream.revision + 2 });
      Sockets.last.says({ type: "pong", revision: stream.revision });
      clock.pass(7_500);
      Sockets.last.says({ type: "pong", revision: stream.revision });
      clock.pass(7_500);
      Sockets.last.says({ type: "pong", revision: stream.revision });
      clock.pass(7_500);
    }
    assert.deepEqual([stream.state, said("broken")], ["live", 0]);
  });

  test("after the reload goes on with what was held meanwhile", () => {
    jumps(4);
    const { revision } = stream;
    Sockets.last.says(...changes(revision + 20, revision + 21, revision + 22));
    events.length = 0;
    stream.restart({ revision: revision + 20 });
    assert.deepEqual(taken(), [revision + 21, revision + 22]);
    assert.equal(stream.state, "live");
  });

  test("broken once more within 60 s is failed, and stays still", () => {
    jumps(9);
    stream.restart({ revision: 100 });
    Sockets.last.says(change(103));
    assert.deepEqual([stream.state, said("failed")], ["failed", 1]);
    jumps(9);
    assert.deepEqual([resumes().length, said("failed"), said("broken")], [3, 1, 1]);
  });

  test("also when the resyncs before were longer ago than the reload", () => {
    const gap = () => Sockets.last.says(change(stream.revision + 2), { type: "synced", revision: stream.revision + 2 }, { type: "pong" });
    for (let time = 0; time < 3; time += 1) {
      gap();
      clock.pass(11_000);
      Sockets.last.says({ type: "pong" });
      clock.pass(6_000);
    }
    gap();
    assert.equal(stream.state, "broken");
    stream.restart({ revision: 100 });
    clock.pass(10_000);
    Sockets.last.says(change(103));
    assert.deepEqual([stream.state, resumes().length], ["failed", 3]);
  });

  test("can be restarted later, and then may ask again", () => {
    jumps(9);
    stream.restart({ revision: 100 });
    Sockets.last.says(change(103));
    clock.pass(20_000);
    Sockets.last.says({ type: "pong" });
    clock.pass(20_000);
    Sockets.last.says({ type: "pong" });
    clock.pass(20_001);
    stream.restart({ revision: 110 });
    Sockets.last.says(change(111), change(113));
    assert.deepEqual([stream.state, stream.revision, resumes().length], ["catching up", 111, 4]);
  });

  test("reloaded while the line was away waits for the line", () => {
    jumps(9);
    Sockets.last.closes();
    stream.restart({ revision: 100 });
    assert.equal(stream.state, "closed");
    clock.pass(400);
    assert.match(Sockets.last.url, /since=100/);
  });

  test("neither a line that goes nor one that comes mends it", () => {
    for (const state of ["broken", "failed"]) {
      follows(5, "e1");
      lives();
      jumps(9);
      if (state === "failed") {
        stream.restart({ revision: 100 });
        Sockets.last.says(change(103));
      }
      Sockets.last.closes();
      assert.equal(stream.state, state);
      clock.pass(400);
      Sockets.last.opens();
      assert.equal(stream.state, state);
    }
  });

  test("reloaded after another log has begun it is live at once", () => {
    for (const revision of [7, 9, 11]) Sockets.last.says(change(revision), { type: "synced", revision });
    Sockets.last.closes();
    clock.pass(400);
    Sockets.last.opens();
    Sockets.last.says({ type: "welcome" }, { type: "reset", why: "epoch", revision: 50, epoch: "e2" }, change(52));
    assert.equal(stream.state, "broken");
    stream.restart({ revision: 100 });
    assert.equal(stream.state, "live");
  });

  test("reloaded while it asks it waits for the answer", () => {
    Sockets.last.says(change(8));
    stream.restart({ revision: 6 });
    assert.deepEqual([stream.state, resumes().length], ["catching up", 1]);
    Sockets.last.says(...changes(7, 8), { type: "synced", revision: 8 });
    assert.deepEqual([stream.state, taken()], ["live", [7, 8]]);
  });

  test("reloaded after a new line has caught up it is live at once", () => {
    jumps(9);
    Sockets.last.closes();
    clock.pass(400);
    Sockets.last.opens();
    Sockets.last.says({ type: "welcome" }, { type: "synced", revision: 99 });
    stream.restart({ revision: 100, epoch: "e2" });
    Sockets.last.says(change(101));
    assert.deepEqual([stream.state, stream.epoch, taken().at(-1)], ["live", "e2", 101]);
  });

  test("reloaded while a new line catches up lets it finish", () => {
    jumps(9);
    Sockets.last.closes();
    clock.pass(400);
    Sockets.last.opens();
    stream.restart({ revision: 100 });
    assert.equal(stream.state, "catching up");
    Sockets.last.says({ type: "welcome" }, change(99), change(104), { type: "synced", revision: 104 });
    assert.deepEqual([stream.state, taken().at(-1)], ["live", 104]);
  });
});
