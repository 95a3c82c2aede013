import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { FakeClock, FakeWindow, fakeWebSocket, heard } from "./cast.js";

const { Connection } = await import("live/connection.js");

const welcome = { type: "welcome", protocol: 2, heartbeat: 25 };
let clock, page, Sockets, connection, since;

beforeEach(() => {
  clock = new FakeClock();
  page = new FakeWindow();
  Sockets = fakeWebSocket();
  since = 7;
  const url = () => `/ws/chat-room/1/?since=${since}`;
  connection = new Connection({ url, WebSocket: Sockets, clock, random: () => 0.5, events: page });
});

function opened() {
  connection.open();
  Sockets.last.opens();
}

// The line opens and is lost, again and again, until so many tries have failed.
function failed(times) {
  connection.open();
  for (let attempt = 1; attempt <= times; attempt += 1) {
    Sockets.last.closes();
    if (attempt < times) waited();
  }
}

// Time passes until the next try.
function waited() {
  clock.pass(connection.retryAt - clock.now());
}

describe("a line", () => {
  test("is asked for at the page's own address, in the dialect prizmai.v2", () => {
    opened();
    assert.equal(Sockets.last.url, "ws://localhost:8000/ws/chat-room/1/?since=7");
    assert.deepEqual(Sockets.last.protocols, ["prizmai.v2"]);
  });

  test("is asked for once, however often it is opened", () => {
    opened();
    connection.open();
    assert.deepEqual([Sockets.all.length, connection.state], [1, "open"]);
  });

  test("is encrypted when the page is", () => {
    page.location.href = "https://chat.example/messaging/";
    connection.open();
    assert.equal(Sockets.last.url, "wss://chat.example/ws/chat-room/1/?since=7");
  });

  test("carries frames both ways", () => {
    const frames = heard(connection, "frame");
    assert.equal(connection.send({ type: "typing" }), false);
    opened();
    assert.equal(connection.send({ type: "typing" }), false, "nobody knows whom the line takes us for");
    Sockets.last.says(welcome);
    assert.equal(connection.send({ type: "typing" }), true);
    Sockets.last.readyState = 2; // closing
    assert.equal(connection.send({ type: "typing" }), false);
    assert.deepEqual(Sockets.last.sent, [{ type: "typing" }]);
    assert.deepEqual(frames, [["frame", welcome]]);
  });

  test("is asked for a sign of life, not for another line, when the person wants a try and it is open", () => {
    opened();
    connection.retryNow();
    assert.deepEqual([Sockets.all.length, Sockets.last.sentOf("ping").length], [1, 1]);
  });

  test("that takes the place of another carries nothing either before it is welcomed", () => {
    opened();
    Sockets.last.says(welcome);
    Sockets.last.closes();
    waited();
    Sockets.last.opens();
    assert.equal(connection.send({ type: "typing" }), false);
    Sockets.last.says(welcome);
    assert.equal(connection.send({ type: "typing" }), true);
  });

  test("that is lost already is not given up once more", () => {
    opened();
    Sockets.last.closes();
    const before = [connection.attempt, connection.retryAt];
    connection.renew();
    assert.deepEqual([connection.attempt, connection.retryAt], before);
  });

  test("that takes us for somebody else is given up before anything is said or heard", () => {
    connection = new Connection({ url: "/ws/inbox/", userId: 1, WebSocket: Sockets, clock, random: () => 0.5, events: page });
    const [frames, refusals] = [heard(connection, "frame"), heard(connection, "refused")];
    opened();
    Sockets.last.says({ ...welcome, you: { user_id: 1 } });
    assert.deepEqual([frames.length, connection.send({ type: "typing" })], [1, true]);
    Sockets.last.closes();
    waited();
    Sockets.last.opens();
    Sockets.last.says({ ...welcome, you: { user_id: 2 } }, { type: "inbox" });
    assert.deepEqual([frames.length, connection.send({ type: "typing" }), Sockets.last.sent], [1, false, []]);
    assert.deepEqual([refusals.map(([, { code }]) => code), connection.state, Sockets.last.isAbandoned], [[4401], "refused", true]);
    clock.pass(120_000);
    assert.equal(Sockets.all.length, 2);
  });

  test("survives what is not JSON, or not an object", () => {
    const frames = heard(connection, "frame");
    opened();
    for (const data of ["{", "7", "null", new Uint8Array(1)]) Sockets.last.onmessage({ data });
    assert.equal(frames.length, 0);
    assert.equal(connection.state, "open");
  });

  test("sends nothing into a socket that is closing", () => {
    opened();
    Sockets.last.readyState = 2;
    assert.equal(connection.send({ type: "typing" }), false);
  });

  test("that does not open in 10 s is given up for another", () => {
    connection.open();
    clock.pass(9_999);
    assert.equal(Sockets.last.isAbandoned, false);
    clock.pass(1);
    assert.equal(Sockets.last.isAbandoned, true);
    assert.equal(connection.state, "reconnecting");
  });

  test("closed by the page stays closed", () => {
    opened();
    connection.close();
    assert.equal(Sockets.last.isAbandoned, true);
    page.comesOnline();
    clock.pass(100_000);
    assert.equal(Sockets.all.length, 1);
    assert.equal(connection.state, "closed");
  });
});

describe("a lost line", () => {
  for (const code of [1000, 1001, 1006, 1011, 1012, 1013, 4510, 4999]) {
    test(`comes back after ${code}, from where it was`, () => {
      opened();
      since = 9;
      Sockets.last.closes(code);
      assert.deepEqual([connection.state, connection.attempt], ["reconnecting", 1]);
      const wait = code === 1012 ? 800 : 400; // a restart sends everybody at once
      assert.equal(connection.retryAt, clock.now() + wait);
      clock.pass(wait);
      assert.equal(Sockets.all.length, 2);
      assert.match(Sockets.last.url, /since=9/);
      Sockets.last.opens();
      assert.equal(connection.state, "open");
    });
  }

  test("may not speak any more", () => {
    const frames = heard(connection, "frame");
    opened();
    const dead = Sockets.last;
    const { onmessage } = dead;
    connection.renew();
    assert.equal(dead.onmessage, null);
    assert.ok(onmessage);
    dead.says(welcome);
    assert.equal(frames.length, 0);
  });

  test("is tried 10 times, then it is disconnected, and still tried every 30-60 s", () => {
    failed(10);
    assert.deepEqual([connection.state, connection.attempt], ["reconnecting", 10]);
    waited();
    Sockets.last.closes();
    assert.equal(connection.state, "disconnected");
    for (let more = 0; more < 20; more += 1) {
      const [tries, lost] = [Sockets.all.length, clock.now()];
      clock.pass(29_999);
      assert.equal(Sockets.all.length, tries);
      waited();
      assert.ok(clock.now() <= lost + 60_000);
      assert.equal(Sockets.all.length, tries + 1);
      assert.equal(connection.state, "disconnected");
      Sockets.last.closes();
    }
  });

  test("counts its tries until it has proved stable: welcomed, and 5 s old", () => {
    failed(3);
    waited();
    Sockets.last.opens();
    Sockets.last.says(welcome);
    clock.pass(4_999);
    Sockets.last.closes();
    assert.equal(connection.attempt, 4);
    waited();
    Sockets.last.opens();
    clock.pass(6_000);
    assert.equal(connection.attempt, 4, "no welcome, no proof");
    Sockets.last.says(welcome);
    clock.pass(5_000);
    assert.equal(connection.attempt, 0);
  });

  test("that was lively enough gets a ping every 25 s, and 10 s of silence end it", () => {
    opened();
    clock.pass(12_500);
    assert.equal(Sockets.last.sentOf("ping").length, 1);
    Sockets.last.says({ type: "pong" });
    clock.pass(25_000);
    assert.equal(Sockets.last.sentOf("ping").length, 2);
    clock.pass(9_999);
    assert.equal(connection.state, "open");
    clock.pass(1);
    assert.deepEqual([connection.state, Sockets.all[0].isAbandoned], ["reconnecting", true]);
  });

  test("that brings much and answers no ping in 15 s has lost the other way", () => {
    opened();
    clock.pass(12_500);
    Sockets.last.says({ type: "user_typing", user_id: 2 });
    clock.pass(14_999);
    assert.equal(connection.state, "open");
    Sockets.last.says({ type: "user_typing", user_id: 2 });
    clock.pass(1);
    assert.deepEqual([connection.state, Sockets.all[0].isAbandoned], ["reconnecting", true]);
  });
});

describe("a refusal", () => {
  for (const code of [4400, 4401, 4403]) {
    test(`by ${code} is final`, () => {
      const refusals = heard(connection, "refused");
      opened();
      Sockets.last.closes(code, "why");
      assert.deepEqual(refusals, [["refused", { code, reason: "why" }]]);
      assert.equal(connection.state, "refused");
      page.comesOnline();
      page.becomes("visible");
      clock.pass(200_000);
      assert.equal(Sockets.all.length, 1);
    });
  }

  test("can be asked again by the person", () => {
    opened();
    Sockets.last.closes(4401);
    connection.retryNow();
    assert.deepEqual([connection.state, connection.refusal, Sockets.all.length], ["connecting", null, 2]);
  });

  test("for haste waits retry_after and then the back-off, even when the person comes by", () => {
    opened();
    Sockets.last.says({ type: "error", code: "rate_limited", retry_after: 7 }, { type: "error", code: "bad_frame" });
    Sockets.last.closes(4429);
    assert.equal(connection.retryAt, clock.now() + 7_400);
    page.becomes("visible");
    assert.equal(Sockets.all.length, 1);
    clock.pass(7_400);
    assert.equal(Sockets.all.length, 2);
  });

  test("for haste may say how long in its reason", () => {
    opened();
    Sockets.last.closes(4429, "retry_after=12.5");
    assert.equal(connection.retryAt, clock.now() + 12_900);
  });
});

describe("the network and the person", () => {
  test("coming online is a reason to check an open line: 3 s", () => {
    opened();
    page.comesOnline();
    assert.equal(Sockets.last.sentOf("ping").length, 1);
    clock.pass(3_000);
    assert.equal(connection.state, "reconnecting");
  });

  test("so is becoming visible, and hiding is not", () => {
    opened();
    page.becomes("hidden");
    assert.equal(Sockets.last.sentOf("ping").length, 0);
    page.becomes("visible");
    assert.equal(Sockets.last.sentOf("ping").length, 1);
  });

  test("so is a timer that fired late", () => {
    opened();
    clock.sleep(3_600_000);
    assert.equal(Sockets.last.sentOf("ping").length, 1);
    clock.pass(3_000);
    assert.equal(connection.state, "reconnecting");
  });

  test("going offline shows once the line is really dead", () => {
    opened();
    page.goesOffline();
    Sockets.last.says({ type: "pong" });
    clock.pass(3_000);
    assert.equal(connection.state, "open", "a server on this machine still answers");
    page.goesOffline();
    clock.pass(3_000);
    assert.equal(connection.state, "offline");
  });

  test("going offline while waiting shows at once", () => {
    failed(2);
    page.goesOffline();
    assert.equal(connection.state, "offline");
  });

  test("coming online or being looked at tries at once, also when disconnected", () => {
    failed(11);
    assert.equal(connection.state, "disconnected");
    page.becomes("visible");
    assert.equal(Sockets.all.length, 12);
    Sockets.last.closes();
    assert.equal(connection.state, "disconnected");
    page.comesOnline();
    assert.deepEqual([Sockets.all.length, connection.state], [13, "connecting"]);
    Sockets.last.closes();
    assert.deepEqual([connection.state, connection.attempt], ["reconnecting", 1]);
  });

  test("a try on the network that was is given up for one on the network that came", () => {
    connection.open();
    const [before] = Sockets.all;
    page.comesOnline();
    assert.deepEqual([Sockets.all.length, before.isAbandoned], [2, true]);
    before.opens();
    assert.equal(connection.state, "connecting");
  });

  test("a try that nobody was there for is given up for one that somebody awaits, and a new chain begins", () => {
    failed(4);
    clock.pass(5_000);
    const [tries, before] = [Sockets.all.length, Sockets.last];
    page.becomes("visible");
    assert.deepEqual([Sockets.all.length, before.isAbandoned], [tries + 1, true]);
    Sockets.last.closes();
    assert.deepEqual([connection.state, connection.attempt], ["reconnecting", 1]);
  });

  test("a page that comes back from the browser's cache looks after its line", () => {
    opened();
    page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    assert.equal(Sockets.last.sentOf("ping").length, 1);
  });

  test("Reconnect now begins a new chain", () => {
    failed(11);
    connection.retryNow();
    assert.equal(Sockets.all.length, 12);
    Sockets.last.opens();
    assert.equal(connection.state, "open");
  });

  test("every change of state is said once", () => {
    const states = [];
    connection.addEventListener("state", () => states.push(`${connection.state} ${connection.attempt}`));
    opened();
    Sockets.last.closes();
    clock.pass(400);
    Sockets.last.opens();
    assert.deepEqual(states, ["connecting 0", "open 0", "reconnecting 1", "reconnecting 1", "open 1"]);
  });
});
