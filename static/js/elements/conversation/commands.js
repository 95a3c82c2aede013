// Does what was written as a command (elements/composer/commands.js). What cannot be done is said, and goes back to where it
// was written.
import { post } from "elements/common/post.js";
import { toast } from "elements/common/toast.js";
import { inWords } from "elements/search/in-words.js";
import { gettext } from "language/gettext.js";

const OUT_OF_REACH = gettext("There is no connection: try again in a moment.");
const NOBODY = gettext("There is nobody of that name whom you know.");

// `inbox`: the page's; `visits`: how one goes from page to page.
export function followCommands({ inbox, visits }) {
  document.addEventListener("command", async ({ target: composer, detail: { name, words } }) => {
    const go = (address, focus) => visits.go(address, { focus });
    const refusal = await DO[name]({ words, composer, inbox, go, data: composer.about.data });
    if (!refusal) return;
    toast(refusal);
    composer.takeBack({ text: `/${name} ${words}`.trim() });
  });
}

// Each resolves to why it could not be done, or to nothing.
const DO = {
  async card({ words, composer }) {
    if (!(await composer.isMeant(words))) return composer.takeBack({ text: `/card ${words}` });
    composer.dispatchEvent(new CustomEvent("say", { detail: { text: words, reply_to: null, files: [], asCard: true } }));
  },

  // What follows the name comes along.
  async dm({ words, data, go }) {
    const [name, ...rest] = words.split(/\s+/);
    const person = await personCalled(name.replace(/^@/, ""), data);
    if (!person) return person === null ? OUT_OF_REACH : NOBODY;
    const answer = await post("/messaging/direct/", { people: person.user_id });
    if (!answer?.url) return answer?.refusal ?? OUT_OF_REACH;
    await go(answer.url);
    if (rest.length > 0) document.querySelector("chat-composer")?.takeBack({ text: words.slice(words.indexOf(name) + name.length).trim() });
  },

  async invite({ words, data }) {
    const answer = await post(`/messaging/room/${data.id}/people/`, { person: words.replace(/^@/, "") });
    if (!answer || answer.refusal) return answer?.refusal ?? OUT_OF_REACH;
    toast(gettext("If that is somebody here who is not in the room yet, they have been asked."));
  },

  later({ words, composer }) {
    composer.takeBack({ text: words });
    composer.dispatchEvent(new Event("send-later", { bubbles: true }));
  },

  // As in the settings of the room, which ask first.
  leave({ data }) {
    document.querySelector(`form[action="/messaging/room/${data.id}/leave/"]`)?.requestSubmit();
  },

  mute: ({ data }) => hear(data, "nothing", gettext("You hear of nothing that is said here.")),
  unmute: ({ data }) => hear(data, data.kind === "direct" ? "all" : "mentions", gettext("You hear again of what is about you here.")),

  search({ words, data, inbox, go }) {
    const place = inbox.inbox.conversation(data.id);
    go(`/messaging/search/?${new URLSearchParams({ q: place ? `${inWords(place, inbox.inbox)} ${words}` : words })}`, "page");
  },
};

async function hear({ id }, level, words) {
  const answer = await post(`/messaging/conversation/${id}/level/`, { level });
  if (!answer || answer.refusal) return answer?.refusal ?? OUT_OF_REACH;
  toast(words);
}

// Undefined when there is none, null when nobody can tell.
async function personCalled(name, { members }) {
  const isMeant = ({ username }) => username.toLowerCase() === name.toLowerCase();
  const here = members.find(isMeant);
  if (here) return here;
  const answer = await fetch(`/messaging/find/?${new URLSearchParams({ q: name })}`, { headers: { Accept: "application/json" } }).catch(() => null);
  return answer?.ok ? (await answer.json()).people.find(isMeant) : null;
}
