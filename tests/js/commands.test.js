import assert from "node:assert/strict";
import { describe, test } from "node:test";
import "./bare-names.js";

const { Commands } = await import("elements/composer/commands.js");

const room = { kind: "room", may: { manage: false } };
const own = { kind: "room", may: { manage: true } };
const task = { kind: "task", may: { manage: true } };
const of = (data, ...theirs) => new Commands({ data, ask: async () => theirs });
const names = async (commands, begun) => (await commands.source.find(begun)).map(({ name }) => name);

describe("a command", () => {
  test("is its word and what it needs", async () => {
    const commands = of(room);
    assert.deepEqual(await commands.meantBy("/card Fix the wing"), { name: "card", words: "Fix the wing" });
    assert.deepEqual(await commands.meantBy("/Mute "), { name: "mute", words: "" });
    assert.deepEqual(await commands.meantBy("/later one\ntwo"), { name: "later", words: "one\ntwo" });
  });

  test("is but a text where it says too much or too little, or is none", async () => {
    for (const text of ["/leave the door open", "/card", "/card  ", "/etc/hosts", "/mute/", "/", "no /mute", "/ mute"]) assert.equal(await of(room).meantBy(text), null);
  });

  test("is one only where it means something", async () => {
    assert.equal(await of(room).meantBy("/invite bob"), null);
    assert.deepEqual(await of(own).meantBy("/invite bob"), { name: "invite", words: "bob" });
    assert.equal(await of(task).meantBy("/leave"), null);
  });

  test("is offered by what its name begins with", async () => {
    assert.deepEqual(await names(of(room), "le"), ["leave"]);
    assert.deepEqual(await names(of(task), ""), ["card", "dm", "later", "mute", "search", "unmute"]);
    assert.deepEqual(await names(of(own), "I"), ["invite"]);
  });

  test("is begun at the very beginning of a text", () => {
    const { begun } = of(room).source;
    assert.deepEqual(["/", "/ca", " /ca", "a /ca", "/card x"].map((text) => begun.exec(text)?.[1]), ["", "ca", undefined, undefined, undefined]);
  });

  test("of a webhook is offered first, and said, also when one of ours is called so", async () => {
    const commands = of(room, { word: "/deploy", name: "Builder" }, { word: "/Search", name: "Librarian" });
    assert.deepEqual(await names(commands, ""), ["deploy", "search", "card", "dm", "later", "leave", "mute", "unmute"]);
    assert.equal(await commands.meantBy("/deploy now"), null);
    assert.equal(await commands.meantBy("/search wings"), null);
  });

  test("is known without a line, and webhooks are asked for again when there is one", async () => {
    const answers = [null, [{ word: "/deploy", name: "Builder" }]];
    const commands = new Commands({ data: room, ask: async () => answers.shift() });
    assert.deepEqual(await names(commands, "de"), []);
    assert.deepEqual(await names(commands, "de"), ["deploy"]);
  });
});
