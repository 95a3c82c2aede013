// Cards that a page outside their board shows, as they are now: read together, and kept up to date by the lines of their boards.
//
//   card(id)  {task_id, title, url, column, isDone, due, assignees, isArchived, mayEdit, columns: [{column_id, title}]}, or
//             null if it is not known yet, or we may not see it
//   events    "change" (detail: the ids of cards that changed)

import { BoardLine } from "boards/line.js";
import { waitAgain } from "live/backoff.js";
import { browserClock } from "live/clock.js";

const MOST = 100; // cards in one request

export class Cards extends EventTarget {
  #read;
  #clock;
  #line;
  #watched = new Map(); // id -> how many watch it
  #cards = new Map(); // id -> the newest frame of it, with board_id
  #boards = new Map(); // id -> {mayEdit, columns: Map, epoch, line}
  #isAsking = false;

  // `read(ids)` resolves to {cards, boards} as boards/views/cards.py tells them, or to null if there is no answer.
  constructor({ read, line = (facts) => new BoardLine(facts), clock = browserClock }) {
    super();
    this.#read = read;
    this.#line = line;
    this.#clock = clock;
  }

  card(id) {
    const card = this.#cards.get(id);
    const board = this.#boards.get(card?.board_id);
    if (!board) return null;
    const column = board.columns.get(card.column_id);
    return {
      ...card,
      column: column?.title ?? "",
      isDone: Boolean(column?.is_done),
      isArchived: card.why === "archived" || card.type === "card_archived",
      mayEdit: board.mayEdit,
      columns: [...board.columns.values()],
    };
  }

  watch(id) {
    this.#watched.set(id, (this.#watched.get(id) ?? 0) + 1);
    if (!this.#cards.has(id)) this.#askSoon();
  }

  // Closes the line of the board when none of its cards is watched any more.
  forget(id) {
    const left = this.#watched.get(id) - 1;
    if (left > 0) return this.#watched.set(id, left);
    const boardId = this.#cards.get(id)?.board_id;
    this.#watched.delete(id);
    this.#cards.delete(id);
    if (boardId && this.#idsOn(boardId).length === 0) this.#leave(boardId);
  }

  // A frame about a card, from a line or an answer of the server.
  hear(card) {
    const known = this.#cards.get(card.task_id);
    if (!known || known.revision >= card.revision) return;
    this.#cards.set(card.task_id, { ...card, board_id: known.board_id });
    this.#say([card.task_id]);
  }

  // Cards that begin to be watched in one turn are read together, until all of them are here.
  async #askSoon() {
    if (this.#isAsking) return;
    this.#isAsking = true;
    await null;
    for (let attempt = 1; this.#unknown.length > 0; attempt += 1) {
      const asked = this.#unknown.slice(0, MOST);
      const told = await this.#read(asked);
      if (told) this.#takeFresh(told, asked);
      if (asked.some((id) => this.#unknown.includes(id))) await new Promise((resolve) => this.#clock.setTimeout(resolve, waitAgain(attempt, Math.random)));
    }
    this.#isAsking = false;
  }

  get #unknown() {
    return [...this.#watched.keys()].filter((id) => !this.#cards.has(id));
  }

  // If an answer is older than the line of its board, the line may have told of changes of these cards before they were known:
  // they are read again.
  #takeFresh({ cards, boards }, asked) {
    const old = new Set(boards.filter((board) => this.#isBehindLine(board)).map(({ id }) => id));
    const left = new Set(cards.filter((card) => old.has(card.board_id)).map((card) => card.task_id));
    this.#take({ cards, boards: boards.filter(({ id }) => !old.has(id)) }, asked.filter((id) => !left.has(id)));
  }

  #isBehindLine({ id, revision, epoch }) {
    const { stream } = this.#boards.get(id)?.line ?? {};
    return stream?.epoch === epoch && stream.revision > revision;
  }

  #take({ cards, boards }, asked) {
    const anew = new Set(boards.filter((board) => this.#boards.get(board.id)?.epoch !== board.epoch).map(({ id }) => id));
    for (const board of boards) this.#meet(board);
    const told = new Map(cards.map((card) => [card.task_id, card]));
    for (const id of asked) if (this.#watched.has(id)) this.#put(id, told.get(id) ?? null, anew);
    for (const board of boards) if (this.#idsOn(board.id).length === 0) this.#leave(board.id);
    this.#say(asked);
  }

  // Null: we may not see it. An older card does not replace a newer one, unless its board has another epoch (`anew`).
  #put(id, card, anew) {
    const known = this.#cards.get(id);
    if (card && !anew.has(card.board_id) && known?.revision > card.revision) return;
    this.#cards.set(id, card);
  }

  #meet(board) {
    const columns = new Map(board.columns.map((column) => [column.column_id, column]));
    const known = this.#boards.get(board.id);
    if (known) return Object.assign(known, { columns, mayEdit: board.may_edit, epoch: board.epoch });
    const line = this.#line({ data: board, read: () => this.#readAnew(board.id), put: ({ asked, ...told }) => this.#take(told, asked) });
    this.#boards.set(board.id, { columns, mayEdit: board.may_edit, epoch: board.epoch, line });
    line.addEventListener("change", ({ detail }) => this.#heard(board.id, detail));
    line.addEventListener("refused", () => this.#refused(board.id));
    line.open();
  }

  // The `read` of boards/line.js: all watched cards of the board, in as many requests as that takes.
  async #readAnew(boardId) {
    const [asked, answers] = [this.#idsOn(boardId), []];
    for (let at = 0; at < asked.length; at += MOST) answers.push(await this.#read(asked.slice(at, at + MOST)));
    const [board, ...others] = answers.flatMap((told) => told?.boards.filter(({ id }) => id === boardId) ?? []);
    if (!board || answers.includes(null) || others.some(({ epoch }) => epoch !== board.epoch)) return null;
    return { asked, cards: answers.flatMap(({ cards }) => cards), boards: [board], revision: board.revision, epoch: board.epoch };
  }

  #heard(boardId, frame) {
    if ("task_id" in frame) return this.hear(frame);
    if (!("column_id" in frame)) return;
    const { columns } = this.#boards.get(boardId);
    if (frame.type === "column_removed") columns.delete(frame.column_id);
    else columns.set(frame.column_id, frame);
    this.#say(this.#idsOn(boardId));
  }

  // We may not see the board any more, so we may not see its cards either.
  #refused(boardId) {
    const ids = this.#idsOn(boardId);
    this.#leave(boardId);
    for (const id of ids) this.#cards.set(id, null);
    this.#say(ids);
  }

  #leave(boardId) {
    this.#boards.get(boardId)?.line.close();
    this.#boards.delete(boardId);
  }

  #idsOn(boardId) {
    return [...this.#watched.keys()].filter((id) => this.#cards.get(id)?.board_id === boardId);
  }

  #say(ids) {
    this.dispatchEvent(new CustomEvent("change", { detail: ids }));
  }
}
