// Lets the tests import modules by the bare names that the page's import map gives them.

import { register } from "node:module";

const root = new URL("../../static/js/", import.meta.url).href;

const hooks = `
  const ours = /^(?:(?:live|messaging|boards|elements|language)\\/.+|app)\\.js$/;
  export const resolve = (name, context, next) =>
    ours.test(name) ? { url: ${JSON.stringify(root)} + name, shortCircuit: true } : next(name, context);
`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
