// What may be completed in a conversation, and whom the server is asked.
import { Completion } from "elements/composer/completing/completion.js";
import { destinations } from "elements/composer/completing/destinations.js";
import { emojiNames } from "elements/composer/completing/emoji-names.js";
import { people } from "elements/composer/completing/people.js";

const LISTED = 200; // people on the page at most; where there are more, the server is asked
const SETTLE_MS = 120; // of typing
const PATIENCE_MS = 3_000; // with an answer: what is written is not held up by it

// `more`: sources besides those of what one may name.
export function completions(field, { id, me, members }, talkers, more = []) {
  const askPeople = settled(async (words) => (await asked(peopleOf(id), words))?.people ?? []);
  const askPlaces = settled(async (words) => (await asked("/messaging/destinations/", words))?.destinations ?? []);
  return new Completion(field, [
    people({ others: () => members.filter(({ user_id: userId }) => userId !== me.id), isWhole: () => members.length < LISTED, talkers, ask: askPeople }),
    destinations({ ask: askPlaces }),
    emojiNames(),
    ...more,
  ]);
}

// {room, here}: how many people each would call; null without a line.
export function countCalled({ id }) {
  return asked(peopleOf(id), "");
}

// [{word, name}]; null without a line.
export async function commandsOf({ id }) {
  return (await asked(`/messaging/conversation/${id}/commands/`))?.commands ?? null;
}

function peopleOf(id) {
  return `/messaging/conversation/${id}/people/`;
}

async function asked(address, words = "") {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" }, redirect: "manual", signal });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

// Of several questions while somebody types, only the last is asked.
function settled(ask) {
  let latest = 0;
  return async (words) => {
    const mine = ++latest;
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    return mine === latest ? ask(words) : [];
  };
}
